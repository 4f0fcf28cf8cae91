// Package runtime, as far as goxide has it. Functions without a body are in mod.rs beside this file.
package runtime

const (
	GOOS     string = "linux"
	GOARCH   string = "amd64"
	Compiler        = "goxide"
)

type Error interface {
	error
	RuntimeError()
}

type TypeAssertionError struct {
	text string
}

func (*TypeAssertionError) Error() string
func (*TypeAssertionError) RuntimeError()

type PanicNilError struct{}

func (*PanicNilError) Error() string
func (*PanicNilError) RuntimeError()

// MemStats has the numbers that are known; the others of Go's are left out, so that using one is an error.
type MemStats struct {
	Alloc        uint64
	TotalAlloc   uint64
	Sys          uint64
	Frees        uint64
	HeapAlloc    uint64
	HeapSys      uint64
	HeapInuse    uint64
	PauseTotalNs uint64
	NumGC        uint32
}

func ReadMemStats(m *MemStats)

var MemProfileRate int

func Breakpoint()
func GC()
func GOMAXPROCS(n int) int
func GOROOT() string
func Goexit()
func Gosched()
func KeepAlive(x any)
func NumCPU() int
func NumCgoCall() int64
func NumGoroutine() int
func SetFinalizer(obj any, finalizer any)
func Version() string
