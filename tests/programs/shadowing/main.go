// Names that mean something in Rust, or shadow what Go declares.
package main

import "fmt"

type impl struct{ fn, mut, ref int }

type Vec struct{ x int }

func (v *Vec) set(n int) { v.x = n }
func (v Vec) get() int   { return v.x }
func (v Vec) clone() Vec { return Vec{v.x + 1} }

func match(type_ int) int {
	let, loop, self := type_, 2, 3
	return let + loop + self
}

func str(crate string) string { return crate + "!" }

func main() {
	i := impl{1, 2, 3}
	v := &Vec{}
	v.set(i.mut)
	fmt.Println(v.get(), v.clone().get(), match(1), str("a"))
	len := func(s string) int { return 7 }
	true := false
	fmt.Println(len("x"), true)
	var Some, None, Ok = 1, 2, 3
	fmt.Println(Some + None + Ok)
	string := "s"
	for string, i32 := range []int{10} {
		fmt.Println(string, i32)
	}
	fmt.Println(string)
	async, await, dyn, move, unsafe := 1, 2, 3, 4, 5
	where, use, pub, mod, super, trait, Self := 1, 2, 3, 4, 5, 6, 7
	fmt.Println(async+await+dyn+move+unsafe, where+use+pub+mod+super+trait+Self)
}
