package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

// Where fields really lie, against what unsafe.Offsetof, Sizeof and Alignof say. The last field's address lies inside of its
// struct even if the field takes no room.

// report prints what is said of a struct, and whether the elements of an array of two show the same.
func report[T any](name string, size, align uintptr, fields func(p *T) []uintptr, said ...uintptr) {
	pair := new([2]T)
	base, next := uintptr(unsafe.Pointer(&pair[0])), uintptr(unsafe.Pointer(&pair[1]))
	fmt.Println(name, size, align, said)
	if next-base != size {
		fmt.Println(name, "elements lie", next-base, "apart")
	}
	if base%align != 0 {
		fmt.Println(name, "lies at no multiple of", align)
	}
	for i, at := range fields(&pair[0]) {
		if at-base != said[i] {
			fmt.Println(name, "field", i, "lies at", at-base)
		}
	}
	for i, at := range fields(&pair[1]) {
		if at-next != said[i] {
			fmt.Println(name, "field", i, "of the second lies at", at-next)
		}
	}
	t := reflect.TypeOf(*new(T))
	if t.Size() != size || t.Align() != int(align) {
		fmt.Println(name, "reflects", t.Size(), t.Align())
	}
	for i, offset := range said {
		if t.NumField() == len(said) && t.Field(i).Offset != offset {
			fmt.Println(name, "field", i, "reflects", t.Field(i).Offset)
		}
	}
}

func at[T any](p *T) uintptr { return uintptr(unsafe.Pointer(p)) }

type none struct{}

type nones struct {
	a none
	b [0]int64
	c [3]struct{}
}

type (
	endsEmpty struct {
		n    int32
		last struct{}
	}
	endsNone struct {
		b    byte
		last none
	}
	endsArray struct {
		b    byte
		last [0]int64
	}
	endsArrays struct {
		s    string
		last [4][0]complex64
	}
	endsNones struct {
		flag bool
		last nones
	}
	startsEmpty struct {
		first [0]uint32
		b     byte
	}
	middleEmpty struct {
		a    bool
		none struct{}
		b    bool
	}
	holdsPadded struct {
		inner endsEmpty
		b     byte
	}
	endsPadded struct {
		b     byte
		inner endsNone
	}
	arrayOfPadded struct {
		list [3]endsNone
		half int16
	}
	blanks struct {
		_ byte
		a int16
		_ [3]byte
		b int64
		_ struct{}
	}
	bools struct {
		a, b, c bool
		n       uint16
		d       bool
	}
	complexes struct {
		b bool
		c complex64
		d bool
		e complex128
	}
	handles struct {
		b byte
		s string
		c byte
		l []byte
		d byte
		m map[string]int
		f func()
		e byte
		h chan int
		p *int
	}
	faces struct {
		b byte
		e error
		c byte
		a any
		s fmt.Stringer
	}
	floats struct {
		a float32
		b float64
		c float32
	}
	pointers struct {
		u uint8
		p uintptr
		v uint8
		q unsafe.Pointer
	}
	base struct {
		b byte
		w int64
	}
	embeds struct {
		c byte
		base
		d byte
	}
	embedsPointer struct {
		c byte
		*base
		none
	}
	embedsLast struct {
		n int16
		none
	}
	embedsFace struct {
		c byte
		fmt.Stringer
	}
	padded struct {
		padding  int16
		padding_ int16
		last     struct{}
	}
	small  int16
	named4 [4]small
	deep   struct {
		b byte
		s struct {
			c byte
			t struct {
				n    named4
				last struct{}
			}
		}
		d byte
	}
)

type last[T any] struct {
	n    int32
	last T
}

type two[K comparable, V any] struct {
	key   K
	value V
}

type nested[T any] struct {
	b byte
	x last[T]
	c byte
}

type list[T any] struct {
	next *list[T]
	all  [2]T
}

func main() {
	report("endsEmpty", unsafe.Sizeof(endsEmpty{}), unsafe.Alignof(endsEmpty{}),
		func(p *endsEmpty) []uintptr { return []uintptr{at(&p.n), at(&p.last)} },
		unsafe.Offsetof(endsEmpty{}.n), unsafe.Offsetof(endsEmpty{}.last))
	report("endsNone", unsafe.Sizeof(endsNone{}), unsafe.Alignof(endsNone{}),
		func(p *endsNone) []uintptr { return []uintptr{at(&p.b), at(&p.last)} },
		unsafe.Offsetof(endsNone{}.b), unsafe.Offsetof(endsNone{}.last))
	report("endsArray", unsafe.Sizeof(endsArray{}), unsafe.Alignof(endsArray{}),
		func(p *endsArray) []uintptr { return []uintptr{at(&p.b), at(&p.last)} },
		unsafe.Offsetof(endsArray{}.b), unsafe.Offsetof(endsArray{}.last))
	report("endsArrays", unsafe.Sizeof(endsArrays{}), unsafe.Alignof(endsArrays{}),
		func(p *endsArrays) []uintptr { return []uintptr{at(&p.s), at(&p.last)} },
		unsafe.Offsetof(endsArrays{}.s), unsafe.Offsetof(endsArrays{}.last))
	report("endsNones", unsafe.Sizeof(endsNones{}), unsafe.Alignof(endsNones{}),
		func(p *endsNones) []uintptr { return []uintptr{at(&p.flag), at(&p.last)} },
		unsafe.Offsetof(endsNones{}.flag), unsafe.Offsetof(endsNones{}.last))
	report("nones", unsafe.Sizeof(nones{}), unsafe.Alignof(nones{}),
		func(p *nones) []uintptr { return []uintptr{at(&p.a), at(&p.b), at(&p.c)} },
		unsafe.Offsetof(nones{}.a), unsafe.Offsetof(nones{}.b), unsafe.Offsetof(nones{}.c))
	report("startsEmpty", unsafe.Sizeof(startsEmpty{}), unsafe.Alignof(startsEmpty{}),
		func(p *startsEmpty) []uintptr { return []uintptr{at(&p.first), at(&p.b)} },
		unsafe.Offsetof(startsEmpty{}.first), unsafe.Offsetof(startsEmpty{}.b))
	report("middleEmpty", unsafe.Sizeof(middleEmpty{}), unsafe.Alignof(middleEmpty{}),
		func(p *middleEmpty) []uintptr { return []uintptr{at(&p.a), at(&p.none), at(&p.b)} },
		unsafe.Offsetof(middleEmpty{}.a), unsafe.Offsetof(middleEmpty{}.none), unsafe.Offsetof(middleEmpty{}.b))
	report("holdsPadded", unsafe.Sizeof(holdsPadded{}), unsafe.Alignof(holdsPadded{}),
		func(p *holdsPadded) []uintptr { return []uintptr{at(&p.inner), at(&p.b)} },
		unsafe.Offsetof(holdsPadded{}.inner), unsafe.Offsetof(holdsPadded{}.b))
	report("endsPadded", unsafe.Sizeof(endsPadded{}), unsafe.Alignof(endsPadded{}),
		func(p *endsPadded) []uintptr { return []uintptr{at(&p.b), at(&p.inner)} },
		unsafe.Offsetof(endsPadded{}.b), unsafe.Offsetof(endsPadded{}.inner))
	report("arrayOfPadded", unsafe.Sizeof(arrayOfPadded{}), unsafe.Alignof(arrayOfPadded{}),
		func(p *arrayOfPadded) []uintptr { return []uintptr{at(&p.list), at(&p.half)} },
		unsafe.Offsetof(arrayOfPadded{}.list), unsafe.Offsetof(arrayOfPadded{}.half))
	report("blanks", unsafe.Sizeof(blanks{}), unsafe.Alignof(blanks{}),
		func(p *blanks) []uintptr { return []uintptr{at(&p.a), at(&p.b)} },
		unsafe.Offsetof(blanks{}.a), unsafe.Offsetof(blanks{}.b))
	report("bools", unsafe.Sizeof(bools{}), unsafe.Alignof(bools{}),
		func(p *bools) []uintptr { return []uintptr{at(&p.a), at(&p.b), at(&p.c), at(&p.n), at(&p.d)} },
		unsafe.Offsetof(bools{}.a), unsafe.Offsetof(bools{}.b), unsafe.Offsetof(bools{}.c), unsafe.Offsetof(bools{}.n), unsafe.Offsetof(bools{}.d))
	report("complexes", unsafe.Sizeof(complexes{}), unsafe.Alignof(complexes{}),
		func(p *complexes) []uintptr { return []uintptr{at(&p.b), at(&p.c), at(&p.d), at(&p.e)} },
		unsafe.Offsetof(complexes{}.b), unsafe.Offsetof(complexes{}.c), unsafe.Offsetof(complexes{}.d), unsafe.Offsetof(complexes{}.e))
	report("handles", unsafe.Sizeof(handles{}), unsafe.Alignof(handles{}),
		func(p *handles) []uintptr {
			return []uintptr{at(&p.b), at(&p.s), at(&p.c), at(&p.l), at(&p.d), at(&p.m), at(&p.f), at(&p.e), at(&p.h), at(&p.p)}
		},
		unsafe.Offsetof(handles{}.b), unsafe.Offsetof(handles{}.s), unsafe.Offsetof(handles{}.c), unsafe.Offsetof(handles{}.l), unsafe.Offsetof(handles{}.d),
		unsafe.Offsetof(handles{}.m), unsafe.Offsetof(handles{}.f), unsafe.Offsetof(handles{}.e), unsafe.Offsetof(handles{}.h), unsafe.Offsetof(handles{}.p))
	report("faces", unsafe.Sizeof(faces{}), unsafe.Alignof(faces{}),
		func(p *faces) []uintptr { return []uintptr{at(&p.b), at(&p.e), at(&p.c), at(&p.a), at(&p.s)} },
		unsafe.Offsetof(faces{}.b), unsafe.Offsetof(faces{}.e), unsafe.Offsetof(faces{}.c), unsafe.Offsetof(faces{}.a), unsafe.Offsetof(faces{}.s))
	report("floats", unsafe.Sizeof(floats{}), unsafe.Alignof(floats{}),
		func(p *floats) []uintptr { return []uintptr{at(&p.a), at(&p.b), at(&p.c)} },
		unsafe.Offsetof(floats{}.a), unsafe.Offsetof(floats{}.b), unsafe.Offsetof(floats{}.c))
	report("pointers", unsafe.Sizeof(pointers{}), unsafe.Alignof(pointers{}),
		func(p *pointers) []uintptr { return []uintptr{at(&p.u), at(&p.p), at(&p.v), at(&p.q)} },
		unsafe.Offsetof(pointers{}.u), unsafe.Offsetof(pointers{}.p), unsafe.Offsetof(pointers{}.v), unsafe.Offsetof(pointers{}.q))
	report("embeds", unsafe.Sizeof(embeds{}), unsafe.Alignof(embeds{}),
		func(p *embeds) []uintptr { return []uintptr{at(&p.c), at(&p.base), at(&p.d)} },
		unsafe.Offsetof(embeds{}.c), unsafe.Offsetof(embeds{}.base), unsafe.Offsetof(embeds{}.d))
	report("promoted", unsafe.Sizeof(embeds{}), unsafe.Alignof(embeds{}),
		func(p *embeds) []uintptr { return []uintptr{at(&p.b), at(&p.w)} },
		unsafe.Offsetof(embeds{}.b), unsafe.Offsetof(embeds{}.w))
	report("embedsPointer", unsafe.Sizeof(embedsPointer{}), unsafe.Alignof(embedsPointer{}),
		func(p *embedsPointer) []uintptr { return []uintptr{at(&p.c), at(&p.base), at(&p.none)} },
		unsafe.Offsetof(embedsPointer{}.c), unsafe.Offsetof(embedsPointer{}.base), unsafe.Offsetof(embedsPointer{}.none))
	report("embedsLast", unsafe.Sizeof(embedsLast{}), unsafe.Alignof(embedsLast{}),
		func(p *embedsLast) []uintptr { return []uintptr{at(&p.n), at(&p.none)} },
		unsafe.Offsetof(embedsLast{}.n), unsafe.Offsetof(embedsLast{}.none))
	report("embedsFace", unsafe.Sizeof(embedsFace{}), unsafe.Alignof(embedsFace{}),
		func(p *embedsFace) []uintptr { return []uintptr{at(&p.c), at(&p.Stringer)} },
		unsafe.Offsetof(embedsFace{}.c), unsafe.Offsetof(embedsFace{}.Stringer))
	report("padded", unsafe.Sizeof(padded{}), unsafe.Alignof(padded{}),
		func(p *padded) []uintptr { return []uintptr{at(&p.padding), at(&p.padding_), at(&p.last)} },
		unsafe.Offsetof(padded{}.padding), unsafe.Offsetof(padded{}.padding_), unsafe.Offsetof(padded{}.last))
	report("deep", unsafe.Sizeof(deep{}), unsafe.Alignof(deep{}),
		func(p *deep) []uintptr { return []uintptr{at(&p.b), at(&p.s), at(&p.d)} },
		unsafe.Offsetof(deep{}.b), unsafe.Offsetof(deep{}.s), unsafe.Offsetof(deep{}.d))
	var d deep
	fmt.Println(unsafe.Offsetof(d.s.t), unsafe.Sizeof(d.s), unsafe.Sizeof(d.s.t), at(&d.s.t)-at(&d.s), at(&d.s.t.last)-at(&d.s.t))
	type anonymous = struct {
		b    byte
		list []int
		end  [0]func()
	}
	report("anonymous", unsafe.Sizeof(anonymous{}), unsafe.Alignof(anonymous{}),
		func(p *anonymous) []uintptr { return []uintptr{at(&p.b), at(&p.list), at(&p.end)} },
		unsafe.Offsetof(anonymous{}.b), unsafe.Offsetof(anonymous{}.list), unsafe.Offsetof(anonymous{}.end))
	type local struct {
		w    uint64
		last struct{}
	}
	report("local", unsafe.Sizeof(local{}), unsafe.Alignof(local{}),
		func(p *local) []uintptr { return []uintptr{at(&p.w), at(&p.last)} },
		unsafe.Offsetof(local{}.w), unsafe.Offsetof(local{}.last))
	generic[int64]("int64")
	generic[byte]("byte")
	generic[struct{}]("struct{}")
	generic[[0]string]("[0]string")
	generic[endsEmpty]("endsEmpty")
	generic[last[none]]("last[none]")
	values()
}

func generic[T any](name string) {
	var x last[T]
	report("last "+name, unsafe.Sizeof(x), unsafe.Alignof(x),
		func(p *last[T]) []uintptr { return []uintptr{at(&p.n), at(&p.last)} },
		unsafe.Offsetof(x.n), unsafe.Offsetof(x.last))
	var y two[string, T]
	report("two "+name, unsafe.Sizeof(y), unsafe.Alignof(y),
		func(p *two[string, T]) []uintptr { return []uintptr{at(&p.key), at(&p.value)} },
		unsafe.Offsetof(y.key), unsafe.Offsetof(y.value))
	var z nested[T]
	report("nested "+name, unsafe.Sizeof(z), unsafe.Alignof(z),
		func(p *nested[T]) []uintptr { return []uintptr{at(&p.b), at(&p.x), at(&p.c)} },
		unsafe.Offsetof(z.b), unsafe.Offsetof(z.x), unsafe.Offsetof(z.c))
	var l list[T]
	report("list "+name, unsafe.Sizeof(l), unsafe.Alignof(l),
		func(p *list[T]) []uintptr { return []uintptr{at(&p.next), at(&p.all)} },
		unsafe.Offsetof(l.next), unsafe.Offsetof(l.all))
}

var table = [...]endsEmpty{{1, none{}}, {n: 2}, {last: struct{}{}}}

type alike endsEmpty

// values shows that room behind the last field is nobody's business.
func values() {
	fmt.Printf("%v %+v %#v\n", table, table[0], table[1])
	a, b := endsEmpty{7, struct{}{}}, endsEmpty{n: 7}
	m := map[endsEmpty]string{a: "seven"}
	fmt.Println(a == b, any(a) == any(b), m[b], alike(a).n, endsEmpty(alike(b)) == a)
	p := &a
	q := &p.last
	*q = struct{}{}
	fmt.Println(uintptr(unsafe.Pointer(q)) < uintptr(unsafe.Pointer(p))+unsafe.Sizeof(a))
	made := reflect.StructOf([]reflect.StructField{
		{Name: "N", Type: reflect.TypeOf(int32(0))},
		{Name: "Last", Type: reflect.TypeOf(struct{}{})},
	})
	static := reflect.TypeOf(struct {
		N    int32
		Last struct{}
	}{})
	fmt.Println(made.Size(), made.Align(), made == static, made.Field(1).Offset, made.NumField())
	v := reflect.MakeSlice(reflect.SliceOf(made), 3, 3)
	for i := range 3 {
		v.Index(i).Field(0).SetInt(int64(i + 1))
	}
	fmt.Println(v.Index(1).Addr().Pointer()-v.Index(0).Addr().Pointer(), v)
	x := last[struct{}]{n: 3}
	y := last[int]{3, 4}
	fmt.Printf("%v %T %v %T\n", x, x, y, y)
}
