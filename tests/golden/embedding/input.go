package main

import "fmt"

type Animal struct {
	Name string
	legs int
}

func (a Animal) Describe() string { return fmt.Sprint(a.Name, " has ", a.legs) }

func (a *Animal) Grow(legs int) { a.legs += legs }

type Logger interface{ Log(string) }

type stdout struct{}

func (stdout) Log(s string) { fmt.Println("log:", s) }

// Dog embeds a struct, a pointer and an interface.
type Dog struct {
	Animal
	*Owner
	Logger
}

type Owner struct{ Phone string }

type Describer interface{ Describe() string }

func main() {
	d := Dog{Animal{"Rex", 3}, &Owner{"123"}, stdout{}}
	d.Grow(1)
	d.Log(d.Describe())
	d.Phone = "456"
	fmt.Println(d.Name, d.Owner.Phone, d.legs)
	var x Describer = d
	fmt.Println(x.Describe())
}
