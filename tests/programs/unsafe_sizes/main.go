package main

import (
	"fmt"
	"unsafe"
)

// Sizes, alignments and offsets are constants, as Go's compiler lays values out on linux/amd64.

type inner struct {
	flag bool
	wide int64
	half int16
}

type outer struct {
	first byte
	inner
	text  string
	list  []int
	face  any
	comp  complex64
	empty struct{}
}

const size = unsafe.Sizeof(outer{})

var words [size / 8]int

func main() {
	var o outer
	fmt.Println(size, unsafe.Alignof(o), len(words))
	fmt.Println(unsafe.Sizeof(o.inner), unsafe.Offsetof(o.inner), unsafe.Offsetof(o.wide), unsafe.Offsetof(o.half))
	fmt.Println(unsafe.Offsetof(o.text), unsafe.Offsetof(o.list), unsafe.Offsetof(o.face), unsafe.Offsetof(o.comp), unsafe.Offsetof(o.empty))
	fmt.Println(unsafe.Sizeof(uintptr(0)), unsafe.Sizeof([3]int16{}), unsafe.Sizeof([0]int{}), unsafe.Sizeof(struct{}{}))
	fmt.Println(unsafe.Alignof(o.comp), unsafe.Alignof(o.flag), unsafe.Sizeof(map[string]int{}), unsafe.Sizeof(main))
	// constants larger than any type, brought back into range
	const huge = 1e5000
	const tiny = 1 / huge
	fmt.Println(huge*tiny, huge/1e4999, 1<<500>>498)
}
