// Variables that hide named results, where a return assigns those.
package main

import (
	"errors"
	"fmt"
)

func f(n int) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("f: %w", err)
		}
	}()
	if err := g(n); err != nil {
		return err
	}
	if n == 2 {
		err := g(0)
		return err
	}
	for i := range n {
		var err error
		if i > 3 {
			err = errors.New("big")
			return err
		}
	}
	switch err := any(n).(type) {
	case int:
		if err == 3 {
			return fmt.Errorf("three %d", err)
		}
	}
	return nil
}

func g(n int) error {
	if n == 0 || n == 9 {
		return errors.New("zero")
	}
	return nil
}

func many(n int) (a, b int) {
	defer func() { a += 100 }()
	{
		a, b := n, n+1
		if n > 2 {
			return b, a
		}
	}
	func() (a int) {
		a = 5
		return a
	}()
	if a := n * 2; a > 2 {
		return a, b
	}
	a = 7
	return
}

func main() {
	for i := range 10 {
		fmt.Println(f(i))
		fmt.Println(many(i))
	}
}

func first(seq func(func(int) bool)) (v int, err error) {
	for v := range seq {
		if err := g(v); err != nil {
			return v, err
		}
		if v > 5 {
			v := v * 10
			return v, nil
		}
	}
	return
}

func init() {
	for _, l := range [][]int{{1, 2, 9}, {7}, {}} {
		fmt.Println(first(func(yield func(int) bool) {
			for _, x := range l {
				if !yield(x) {
					return
				}
			}
		}))
	}
}
