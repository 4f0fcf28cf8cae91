// Package testing measures functions. It is plain Go: programs translate it with themselves.
//
// Benchmark and AllocsPerRun work in any program; tests are not run by goxide, so T is there only to be named and passed on.
package testing

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
)

// TB is what T and B have in common.
type TB interface {
	Cleanup(func())
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	private()
}

type common struct {
	mu       sync.Mutex
	failed   bool
	skipped  bool
	name     string
	cleanups []func()
}

// T is a test.
type T struct {
	common
}

func (c *common) private() {}

// Cleanup has f called when the test or benchmark ends; the last one first.
func (c *common) Cleanup(f func()) {
	c.mu.Lock()
	c.cleanups = append(c.cleanups, f)
	c.mu.Unlock()
}

func (c *common) finish() {
	for {
		c.mu.Lock()
		n := len(c.cleanups)
		if n == 0 {
			c.mu.Unlock()
			return
		}
		f := c.cleanups[n-1]
		c.cleanups = c.cleanups[:n-1]
		c.mu.Unlock()
		f()
	}
}

// Helper marks the caller; lines are not told apart here.
func (c *common) Helper() {}

// Name returns the name of the test or benchmark.
func (c *common) Name() string {
	return c.name
}

func (c *common) log(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintln(os.Stderr, strings.TrimSuffix(text, "\n"))
}

// Log writes to the standard error.
func (c *common) Log(args ...any) {
	c.log(fmt.Sprintln(args...))
}

// Logf writes to the standard error.
func (c *common) Logf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
}

// Fail notes a failure and goes on.
func (c *common) Fail() {
	c.mu.Lock()
	c.failed = true
	c.mu.Unlock()
}

// FailNow notes a failure and ends the goroutine.
func (c *common) FailNow() {
	c.Fail()
	runtime.Goexit()
}

// Failed tells whether a failure was noted.
func (c *common) Failed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed
}

// Error is Log and Fail.
func (c *common) Error(args ...any) {
	c.Log(args...)
	c.Fail()
}

// Errorf is Logf and Fail.
func (c *common) Errorf(format string, args ...any) {
	c.Logf(format, args...)
	c.Fail()
}

// Fatal is Log and FailNow.
func (c *common) Fatal(args ...any) {
	c.Log(args...)
	c.FailNow()
}

// Fatalf is Logf and FailNow.
func (c *common) Fatalf(format string, args ...any) {
	c.Logf(format, args...)
	c.FailNow()
}

// Skip is Log and SkipNow.
func (c *common) Skip(args ...any) {
	c.Log(args...)
	c.SkipNow()
}

// Skipf is Logf and SkipNow.
func (c *common) Skipf(format string, args ...any) {
	c.Logf(format, args...)
	c.SkipNow()
}

// SkipNow leaves the rest out and ends the goroutine.
func (c *common) SkipNow() {
	c.mu.Lock()
	c.skipped = true
	c.mu.Unlock()
	runtime.Goexit()
}

// Skipped tells whether the rest was left out.
func (c *common) Skipped() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.skipped
}

// AllocsPerRun returns how many allocations a call of f makes on average, after one that does not count.
func AllocsPerRun(runs int, f func()) (avg float64) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	f()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	before := stats.Mallocs
	for i := 0; i < runs; i++ {
		f()
	}
	runtime.ReadMemStats(&stats)
	return float64((stats.Mallocs - before) / uint64(runs))
}

// Testing tells whether the program was made by "go test".
func Testing() bool {
	return false
}
