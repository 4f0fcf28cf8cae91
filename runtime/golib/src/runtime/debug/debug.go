// Package debug, as far as goxide has it: the knobs of the collector. Functions without a body are in mod.rs.
package debug

func FreeOSMemory()
func SetGCPercent(percent int) int
func SetMemoryLimit(limit int64) int64
