// Package primes finds prime numbers with a goroutine for each.
package primes

import (
	"fmt"
	"strings"
)

// Sieve sends the primes among what it receives, in their order, until there is nothing left to receive.
func Sieve(numbers <-chan int, primes chan<- int) {
	defer close(primes)
	prime, ok := <-numbers
	if !ok {
		return
	}
	primes <- prime
	rest, found := make(chan int), make(chan int)
	go Sieve(rest, found)
	go func() {
		defer close(rest)
		for n := range numbers {
			if n%prime != 0 {
				rest <- n
			}
		}
	}()
	for p := range found {
		primes <- p
	}
}

// Factors takes n apart.
func Factors(n int) ([]int, error) {
	if n < 1 {
		return nil, fmt.Errorf("%d has no prime factors", n)
	}
	var factors []int
	for p := 2; n > 1; p++ {
		for n%p == 0 {
			factors = append(factors, p)
			n /= p
		}
	}
	return factors, nil
}

// Product writes factors down.
func Product(factors []int) string {
	words := make([]string, len(factors))
	for i, f := range factors {
		words[i] = fmt.Sprint(f)
	}
	return strings.Join(words, " * ")
}

// Finder finds one prime after the other.
type Finder struct{ found []int }

// Next is the next prime.
func (f *Finder) Next() int {
	n := 2
	if len(f.found) > 0 {
		n = f.found[len(f.found)-1] + 1
	}
	for !f.isPrime(n) {
		n++
	}
	f.found = append(f.found, n)
	return n
}

func (f *Finder) isPrime(n int) bool {
	for _, p := range f.found {
		if n%p == 0 {
			return false
		}
	}
	return true
}

// Until finds primes as long as more wants them.
func (f *Finder) Until(more func(prime int) bool) {
	for more(f.Next()) {
	}
}
