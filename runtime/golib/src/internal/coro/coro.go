// Package coro hands control back and forth between two goroutines. Functions without a body are in mod.rs beside this file.
package coro

type Switch struct {
	words [2]uint32
}

func (*Switch) Resume()
func (*Switch) Yield()
func (*Switch) End()
func (*Switch) Begin()
