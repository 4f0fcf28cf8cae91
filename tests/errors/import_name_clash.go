package p

import "fmt"

func fmt() {}
