// Package unsafe: conversions, arithmetic, and slices and strings made of pointers.
package main

import (
	"fmt"
	"math"
	"unsafe"
)

type header struct {
	data unsafe.Pointer
	len  int
	cap  int
}

type mixed struct {
	a bool
	b int64
	c uint16
	d [3]byte
	e string
	f any
	g complex64
}

type (
	address uintptr
	raw     unsafe.Pointer
	intPtr  *int
)

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func bits(f float64) uint64 { return *(*uint64)(unsafe.Pointer(&f)) }

func sizeOf[T any](x T) (uintptr, uintptr) { return unsafe.Sizeof(x), unsafe.Alignof(x) }

func main() {
	fmt.Printf("%#x %v\n", bits(1.5), bits(-2) == math.Float64bits(-2))

	// one value seen as another
	u := uint32(0x01020304)
	fmt.Println(*(*[4]byte)(unsafe.Pointer(&u)))
	*(*byte)(unsafe.Add(unsafe.Pointer(&u), 3)) = 9
	fmt.Printf("%#x\n", u)

	// fields by their offsets
	m := mixed{true, -7, 65000, [3]byte{1, 2, 3}, "text", 4.5, complex(1, 2)}
	p := unsafe.Pointer(&m)
	*(*int64)(unsafe.Pointer(uintptr(p) + unsafe.Offsetof(m.b))) = 42
	*(*byte)(unsafe.Pointer(uintptr(p) + unsafe.Offsetof(m.d) + 1)) = 20
	fmt.Println(m, *(*string)(unsafe.Add(p, unsafe.Offsetof(m.e))))
	fmt.Println(unsafe.Sizeof(m), unsafe.Alignof(m.c), unsafe.Offsetof(m.c), unsafe.Offsetof(m.g))
	same := uintptr(unsafe.Pointer(&m.c)) - uintptr(p)
	fmt.Println(same == unsafe.Offsetof(m.c), uintptr(unsafe.Pointer(&m.g))-uintptr(p))

	// elements by arithmetic
	a := [...]int{10, 20, 30, 40}
	for i := range a {
		e := (*int)(unsafe.Pointer(uintptr(unsafe.Pointer(&a[0])) + uintptr(i)*unsafe.Sizeof(a[0])))
		*e++
	}
	fmt.Println(a)

	// the words of slices, strings and interfaces
	s := make([]int, 3, 10)
	h := (*header)(unsafe.Pointer(&s))
	fmt.Println(h.data == unsafe.Pointer(&s[0]), h.len, h.cap)
	h.len = 5
	fmt.Println(len(s), s)
	text := "hello"
	words := (*[2]uintptr)(unsafe.Pointer(&text))
	fmt.Println(words[0] == uintptr(unsafe.Pointer(unsafe.StringData(text))), words[1])
	var none any
	fmt.Println(*(*[2]uintptr)(unsafe.Pointer(&none)))

	// slices and strings of pointers
	part := unsafe.Slice(&a[1], 2)
	part[0] = -1
	fmt.Println(part, len(part), cap(part), a, unsafe.SliceData(part) == &a[1])
	b := []byte("bytes")
	fmt.Println(unsafe.String(&b[0], len(b)), unsafe.String(unsafe.SliceData(b), uint8(2)))
	fmt.Println(string(unsafe.Slice(unsafe.StringData(text), 4)), unsafe.Slice((*int)(nil), 0) == nil)
	minus, huge := -1, uint64(math.MaxUint64)
	try("negative", func() { _ = unsafe.Slice(&a[0], minus) })
	try("huge", func() { _ = unsafe.Slice(&b[0], huge) })
	try("nil", func() { _ = unsafe.Slice((*int)(nil), len(a)) })
	try("large", func() { _ = unsafe.Slice(&a[0], math.MaxInt/4) })
	try("string", func() { _ = unsafe.String(&b[0], minus) })
	try("nil string", func() { _ = unsafe.String(nil, len(a)) })

	// defined types
	var at address = address(uintptr(p))
	r := raw(p)
	fmt.Println(unsafe.Pointer(at) == p, unsafe.Pointer(r) == p, address(uintptr(r)) == at)
	var ip intPtr = &a[3]
	fmt.Println(*(*int)(unsafe.Pointer(ip)), *intPtr(unsafe.Pointer(ip)), unsafe.Pointer(nil) == nil)
	fmt.Println(sizeOf(m))
	fmt.Println(sizeOf("x"))
	fmt.Println(sizeOf([3]uint16{}))
	try("low address", func() { fmt.Println(*(*int)(unsafe.Pointer(uintptr(0)))) })

	// what only an unsafe.Pointer leads to lives
	var list [100]unsafe.Pointer
	for i := range list {
		n := i * i
		list[i] = unsafe.Pointer(&n)
	}
	sum := 0
	for _, p := range list {
		sum += *(*int)(p)
	}
	fmt.Println(sum)
}
