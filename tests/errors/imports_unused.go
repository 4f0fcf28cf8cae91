package p

import "fmt"
import str "strings"
import . "math"

import (
	"os"
	_ "errors"
)

var _ = os.Args
