// peers NAME [N]: Go's side of the benchmarks, with the names, N and output of goxide-bench (benches/common.rs).
//
// Workers: GOMAXPROCS, or 2; yield has one. The programs are in tasks.go, channels.go and network.go.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

type benchmark struct {
	name string
	n    int
	run  func(n int)
}

var benchmarks = []benchmark{
	{"spawn_join", 1_000_000, spawnJoin},
	{"spawn_warm", 1_000_000, spawnWarm},
	{"parked_mem", 1_000_000, parkedMem},
	{"pingpong", 2_000_000, pingpong},
	{"chan_1x1", 10_000_000, chan1x1},
	{"chan_4x4", 10_000_000, chan4x4},
	{"select_fanin", 2_000_000, selectFanin},
	{"ring", 2_000_000, ring},
	{"skynet", 1_000_000, skynet},
	{"sieve", 1_500, sieve},
	{"mutex", 1_000_000, mutex},
	{"yield", 5_000_000, yield},
	{"timers", 100_000, timers},
	{"tcp_echo", 1_000, tcpEcho},
	{"idle_conns", 10_000, idleConns},
}

func main() {
	name := ""
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	if name == "clients" {
		clients(os.Args[2], os.Args[3])
		return
	}
	for _, b := range benchmarks {
		if b.name == name {
			if len(os.Args) > 2 {
				b.n, _ = strconv.Atoi(os.Args[2])
			}
			if os.Getenv("GOMAXPROCS") == "" {
				runtime.GOMAXPROCS(2)
			}
			if name == "yield" {
				runtime.GOMAXPROCS(1)
			}
			b.run(b.n)
			return
		}
	}
	fmt.Fprintf(os.Stderr, "no benchmark %q here; usage: NAME [N]\nnames:", name)
	for _, b := range benchmarks {
		fmt.Fprint(os.Stderr, " ", b.name)
	}
	fmt.Fprintln(os.Stderr)
	os.Exit(64)
}

func perOp(name string, d time.Duration, n int) {
	fmt.Printf("RESULT %s %.2f ns\n", name, float64(d.Nanoseconds())/float64(n))
}

// status returns a field of /proc/self/status in kB.
func status(key string) int {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		if field, ok := strings.CutPrefix(line, key+":"); ok {
			kb, _ := strconv.Atoi(strings.Fields(field)[0])
			return kb
		}
	}
	return 0
}
