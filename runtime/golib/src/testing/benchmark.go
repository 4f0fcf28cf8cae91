package testing

import (
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"
	"time"
)

// How long a benchmark shall run, and how often at most.
const (
	benchTime = time.Second
	maxRuns   = 1e9
)

// B is a benchmark: what is measured shall be done N times, or for as long as Loop returns true.
type B struct {
	common
	N int

	running  bool
	started  time.Time
	duration time.Duration
	bytes    int64
	extra    map[string]float64
	// Calls of Loop so far; 0 if there was none.
	loops int

	// Allocations and bytes when the clock was started, and those measured.
	startMallocs, startBytes uint64
	mallocs, allocated       uint64
}

func counted() (mallocs, bytes uint64) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs, stats.TotalAlloc
}

// StartTimer goes on measuring.
func (b *B) StartTimer() {
	if !b.running {
		b.startMallocs, b.startBytes = counted()
		b.started = time.Now()
		b.running = true
	}
}

// StopTimer measures nothing until StartTimer.
func (b *B) StopTimer() {
	if b.running {
		b.duration += time.Since(b.started)
		mallocs, bytes := counted()
		b.mallocs += mallocs - b.startMallocs
		b.allocated += bytes - b.startBytes
		b.running = false
	}
}

// ResetTimer forgets what was measured.
func (b *B) ResetTimer() {
	if b.extra == nil {
		b.extra = map[string]float64{}
	} else {
		clear(b.extra)
	}
	if b.running {
		b.startMallocs, b.startBytes = counted()
		b.started = time.Now()
	}
	b.duration, b.mallocs, b.allocated = 0, 0, 0
}

// Elapsed returns the time measured so far.
func (b *B) Elapsed() time.Duration {
	if b.running {
		return b.duration + time.Since(b.started)
	}
	return b.duration
}

// SetBytes says how many bytes are worked on each time.
func (b *B) SetBytes(n int64) { b.bytes = n }

// ReportAllocs asks for allocations, which are counted in any case.
func (b *B) ReportAllocs() {}

// ReportMetric adds a result of its own.
func (b *B) ReportMetric(n float64, unit string) {
	if unit == "" {
		panic("metric unit must not be empty")
	}
	if strings.IndexFunc(unit, func(r rune) bool { return r == ' ' || '\t' <= r && r <= '\r' }) >= 0 {
		panic("metric unit must not contain whitespace")
	}
	if b.extra == nil {
		b.extra = map[string]float64{}
	}
	b.extra[unit] = n
}

// Loop returns true for as long as what is measured shall be done once more. The clock is looked at ever more rarely.
func (b *B) Loop() bool {
	if b.loops == 0 {
		b.N = 1
		b.ResetTimer()
		b.StartTimer()
		b.loops = 1
		return true
	}
	if b.loops >= b.N {
		elapsed := b.Elapsed()
		if elapsed >= benchTime || b.loops >= maxRuns {
			b.StopTimer()
			return false
		}
		b.N = more(b.loops, elapsed)
	}
	b.loops++
	return true
}

// more returns how many runs come next if n took that long.
func more(n int, took time.Duration) int {
	wanted := float64(n) * float64(benchTime) / float64(max(took, 1)) * 1.2
	return int(min(max(wanted, float64(n)+1), float64(n)*100, maxRuns))
}

func (b *B) run(n int, f func(b *B)) {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer b.finish()
		defer b.StopTimer()
		runtime.GC()
		b.N = n
		b.ResetTimer()
		b.StartTimer()
		f(b)
	}()
	<-done
}

// Benchmark measures f: it is called with growing N until it takes about a second.
func Benchmark(f func(b *B)) BenchmarkResult {
	b := &B{}
	b.run(1, f)
	for b.loops == 0 && !b.Failed() && !b.Skipped() && b.duration < benchTime && b.N < maxRuns {
		b.run(more(b.N, b.duration), f)
	}
	if b.Failed() {
		return BenchmarkResult{}
	}
	return BenchmarkResult{b.N, b.duration, b.bytes, b.mallocs, b.allocated, b.extra}
}

// BenchmarkResult is what was measured.
type BenchmarkResult struct {
	N         int
	T         time.Duration
	Bytes     int64
	MemAllocs uint64
	MemBytes  uint64
	Extra     map[string]float64
}

// NsPerOp returns the nanoseconds for each time.
func (r BenchmarkResult) NsPerOp() int64 {
	if v, ok := r.Extra["ns/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return r.T.Nanoseconds() / int64(r.N)
}

// AllocsPerOp returns the allocations for each time.
func (r BenchmarkResult) AllocsPerOp() int64 {
	if v, ok := r.Extra["allocs/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return int64(r.MemAllocs) / int64(r.N)
}

// AllocedBytesPerOp returns the allocated bytes for each time.
func (r BenchmarkResult) AllocedBytesPerOp() int64 {
	if v, ok := r.Extra["B/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return int64(r.MemBytes) / int64(r.N)
}

func (r BenchmarkResult) megabytes() float64 {
	if v, ok := r.Extra["MB/s"]; ok {
		return v
	}
	if r.Bytes <= 0 || r.T <= 0 || r.N <= 0 {
		return 0
	}
	return float64(r.Bytes) * float64(r.N) / 1e6 / r.T.Seconds()
}

// String returns the result as "go test" prints it.
func (r BenchmarkResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%8d", r.N)
	ns, ok := r.Extra["ns/op"]
	if !ok {
		ns = float64(r.T.Nanoseconds()) / float64(r.N)
	}
	if ns != 0 {
		b.WriteString("\t" + measure(ns, "ns/op"))
	}
	if speed := r.megabytes(); speed != 0 {
		fmt.Fprintf(&b, "\t%7.2f MB/s", speed)
	}
	for _, unit := range slices.Sorted(maps.Keys(r.Extra)) {
		switch unit {
		case "ns/op", "MB/s", "B/op", "allocs/op":
		default:
			b.WriteString("\t" + measure(r.Extra[unit], unit))
		}
	}
	return b.String()
}

// MemString returns what was allocated as "go test" prints it.
func (r BenchmarkResult) MemString() string {
	return fmt.Sprintf("%8d B/op\t%8d allocs/op", r.AllocedBytesPerOp(), r.AllocsPerOp())
}

// measure writes about four digits, with the point where others have it.
func measure(x float64, unit string) string {
	size := math.Abs(x)
	places := 0
	for limit := 999.95; places < 7 && size != 0 && !(size >= limit); limit /= 10 {
		places++
	}
	width := 10
	if places > 0 {
		width += places + 1
	}
	return fmt.Sprintf("%*.*f %s", width, places, x, unit)
}
