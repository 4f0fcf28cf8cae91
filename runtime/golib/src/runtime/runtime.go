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

// MemStats has Go's fields but those about the insides of Go's own allocator.
type MemStats struct {
	Alloc         uint64
	TotalAlloc    uint64
	Sys           uint64
	Lookups       uint64
	Mallocs       uint64
	Frees         uint64
	HeapAlloc     uint64
	HeapSys       uint64
	HeapIdle      uint64
	HeapInuse     uint64
	HeapReleased  uint64
	HeapObjects   uint64
	StackInuse    uint64
	StackSys      uint64
	NextGC        uint64
	LastGC        uint64
	PauseTotalNs  uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool
}

// Cleanup is a cleanup that can be called off.
type Cleanup struct {
	id  uint64
	ptr uint64
}

func (c Cleanup) Stop()

// Func is a function of the program.
type Func struct {
	name  string
	file  string
	line  int
	entry uintptr
}

func FuncForPC(pc uintptr) *Func

func (f *Func) Entry() uintptr
func (f *Func) FileLine(pc uintptr) (file string, line int)
func (f *Func) Name() string

// Frame is what is known of a frame.
type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

// Frames gives one frame after the other.
type Frames struct {
	callers []uintptr
}

func CallersFrames(callers []uintptr) *Frames

func (ci *Frames) Next() (frame Frame, more bool)

func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup
func ReadMemStats(m *MemStats)

var MemProfileRate int

func Breakpoint()
func Caller(skip int) (pc uintptr, file string, line int, ok bool)
func Callers(skip int, pc []uintptr) int
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
func Stack(buf []byte, all bool) int
func Version() string
