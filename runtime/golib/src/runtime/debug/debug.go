// Package debug, as far as goxide has it: the knobs of the collector, and traces. Functions without a body are in mod.rs.
package debug

import "time"

type GCStats struct {
	LastGC         time.Time
	NumGC          int64
	PauseTotal     time.Duration
	Pause          []time.Duration
	PauseEnd       []time.Time
	PauseQuantiles []time.Duration
}

func FreeOSMemory()
func PrintStack()
func ReadGCStats(stats *GCStats)
func SetGCPercent(percent int) int
func SetMaxStack(bytes int) int
func SetMemoryLimit(limit int64) int64
func Stack() []byte
