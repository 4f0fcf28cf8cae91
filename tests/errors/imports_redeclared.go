package p

import "fmt"
import fmt "strings"

var os = fmt.Sprint

func strings() {}
