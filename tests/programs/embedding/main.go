package main

import "fmt"

type Animal interface {
	Name() string
	Sound() string
}

type base struct {
	name string
	legs int
}

func (b base) Name() string     { return b.name }
func (b *base) Rename(n string) { b.name = n }

type Dog struct {
	base
	tricks []string
}

func (d *Dog) Sound() string { return "woof" }

type Puppy struct {
	*Dog
	age int
}

func (p Puppy) Sound() string { return "wuff (" + p.Dog.Sound() + ")" }

func show(a Animal) { fmt.Println(a.Name(), "says", a.Sound()) }

type Logger struct{ prefix string }

func (l Logger) Log(s string) { fmt.Println(l.prefix + s) }

type Service struct {
	Logger
	Animal
}

func main() {
	d := &Dog{base: base{"rex", 4}}
	show(d)
	d.Rename("max")
	p := Puppy{d, 1}
	p.legs = 3
	p.Rename("mini")
	show(p)
	fmt.Println(d.legs, p.name, p.base.name)
	s := Service{Logger{"> "}, p}
	s.Log(s.Name())
	var a Animal = s
	_, isDog := a.(*Dog)
	inner, isService := a.(Service)
	fmt.Println(isDog, isService, inner.Sound())
}
