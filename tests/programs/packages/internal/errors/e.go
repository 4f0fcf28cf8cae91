package errors

import (
	"errors"
	"fmt"
)

var Base = errors.New("base")

type E struct {
	What string
	V    float64
}

func (e *E) Error() string { return fmt.Sprint(e.What, " ", e.V) }
func (e *E) Unwrap() error { return Base }

func New(what string, v float64) error { return &E{what, v} }

func init() { fmt.Println("init errors") }
