// Package testing in an ordinary program: what depends on no clock.
package main

import (
	"fmt"
	"testing"
	"time"
)

var sink *[100]int

func main() {
	fmt.Println(testing.AllocsPerRun(100, func() {}), testing.AllocsPerRun(50, func() { sink = new([100]int) }), testing.Testing())
	for _, ns := range []time.Duration{0, 1, 1234, 99_949, 99_996, 1_000_000, 123_456_789, 5 * time.Second} {
		r := testing.BenchmarkResult{N: 1000, T: ns, Bytes: 64, MemAllocs: 3500, MemBytes: 64000}
		fmt.Printf("%s|%s|%d %d %d\n", r, r.MemString(), r.NsPerOp(), r.AllocsPerOp(), r.AllocedBytesPerOp())
	}
	r := testing.BenchmarkResult{N: 7, T: time.Second, Extra: map[string]float64{"z/op": 0.00012, "a/op": 1e6, "ns/op": 12.5, "B/op": 3, "allocs/op": 4}}
	fmt.Printf("%s|%s|%d\n", r, r.MemString(), r.NsPerOp())
	fmt.Println(testing.BenchmarkResult{}, testing.BenchmarkResult{}.NsPerOp())

	measured := testing.Benchmark(func(b *testing.B) {
		b.SetBytes(10)
		for i := 0; i < b.N; i++ {
			time.Sleep(20 * time.Millisecond)
		}
		b.ReportMetric(5, "things")
	})
	fmt.Println(measured.N > 10, measured.T >= 500*time.Millisecond, measured.NsPerOp() > 20e6, measured.Bytes, measured.Extra)
	runs := 0
	measured = testing.Benchmark(func(b *testing.B) {
		runs++
		for b.Loop() {
			time.Sleep(30 * time.Millisecond)
		}
	})
	fmt.Println(runs, measured.N > 10, measured.NsPerOp() > 30e6)
	var order []string
	failed := testing.Benchmark(func(b *testing.B) {
		var tb testing.TB = b
		tb.Cleanup(func() { order = append(order, "cleaned") })
		tb.Helper()
		order = append(order, fmt.Sprint("N=", b.N, tb.Failed()))
		tb.FailNow()
		order = append(order, "not reached")
	})
	fmt.Println(failed.N, order)
	fmt.Println(testing.Benchmark(func(b *testing.B) { b.SkipNow() }).T < time.Second)
}
