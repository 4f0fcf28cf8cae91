// Package sync, as far as goxide has it. Functions without a body are in mod.rs and its neighbours.
package sync

type Locker interface {
	Lock()
	Unlock()
}

type Mutex struct {
	word uint32
}

func (*Mutex) Lock()
func (*Mutex) TryLock() bool
func (*Mutex) Unlock()

type RWMutex struct {
	words [3]uint32
}

func (*RWMutex) Lock()
func (*RWMutex) TryLock() bool
func (*RWMutex) Unlock()
func (*RWMutex) RLock()
func (*RWMutex) TryRLock() bool
func (*RWMutex) RUnlock()
func (*RWMutex) RLocker() Locker

type WaitGroup struct {
	count uint32
}

func (*WaitGroup) Add(delta int)
func (*WaitGroup) Done()
func (*WaitGroup) Wait()
func (*WaitGroup) Go(f func())

type Once struct {
	state uint32
}

func (*Once) Do(f func())

func OnceFunc(f func()) func()
func OnceValue[T any](f func() T) func() T
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2)

type Cond struct {
	L     Locker
	words [2]uint32
}

func NewCond(l Locker) *Cond
func (*Cond) Wait()
func (*Cond) Signal()
func (*Cond) Broadcast()

type Pool struct {
	New    func() any
	lock   Mutex
	newest any
	others []any
}

func (*Pool) Get() any
func (*Pool) Put(x any)

type Map struct {
	lock    RWMutex
	entries map[any]any
}

func (*Map) Load(key any) (value any, ok bool)
func (*Map) Store(key, value any)
func (*Map) LoadOrStore(key, value any) (actual any, loaded bool)
func (*Map) LoadAndDelete(key any) (value any, loaded bool)
func (*Map) Delete(key any)
func (*Map) Swap(key, value any) (previous any, loaded bool)
func (*Map) CompareAndSwap(key, old, new any) (swapped bool)
func (*Map) CompareAndDelete(key, old any) (deleted bool)
func (*Map) Range(f func(key, value any) bool)
func (*Map) Clear()
