package main

import "fmt"

type Counter struct{ n int }

func (c *Counter) Add(k int) { c.n += k }

func (c Counter) Get() int { return c.n }

type Getter interface{ Get() int }

func apply(f func(int), ks ...int) {
	for _, k := range ks {
		f(k)
	}
}

func main() {
	var c Counter
	add := c.Add
	apply(add, 1, 2)
	get := c.Get
	c.Add(10)
	fmt.Println(get(), c.Get())
	fmt.Println(Counter.Get(c))
	(*Counter).Add(&c, 1)
	f := Getter.Get
	fmt.Println(f(c))
}
