// Package p has a function for everything that crosses, and arithmetic that wraps.
package p

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type small int8

var (
	started = order("variable")
	steps   []string
)

func order(step string) int {
	steps = append(steps, step)
	return len(steps)
}

func init() { order("init") }

// Steps says what ran before the first call.
func Steps() []string { return steps }

func Scalars(b bool, i int, u uint8, f float64) (bool, int, uint8, float64) { return !b, -i, u + 1, f / 2 }

func Upper(s string) string { return strings.ToUpper(s) }

func Reverse(words []string) []string {
	for i, j := 0, len(words)-1; i < j; i, j = i+1, j-1 {
		words[i], words[j] = words[j], words[i]
	}
	return words
}

func Turn(square [2][2]int) [2][2]int {
	return [2][2]int{{square[1][0], square[0][0]}, {square[1][1], square[0][1]}}
}

func Keys(m map[string][]int) ([]string, int) {
	var keys []string
	sum := 0
	for k, vs := range m {
		keys = append(keys, k)
		for _, v := range vs {
			sum += v
		}
	}
	sort.Strings(keys)
	return keys, sum
}

func Halve(n int) (int, error) {
	if n%2 != 0 {
		return 0, errors.New("odd")
	}
	return n / 2, nil
}

func Check(ok bool) error {
	if ok {
		return nil
	}
	return errors.New("not ok")
}

// Wrap overflows in every way Go's operators can.
func Wrap(most int, least int, byte_ uint8, word uint32) []int {
	sum, product := most+1, most*most
	most++
	least--
	byte_ += 200
	word *= word
	neg := -(least + 1)
	s := small(100)
	s += s
	list := []int8{127}
	list[0]++
	table := map[string]uint16{"k": 65535}
	table["k"] += 2
	arr := [2]int32{1 << 30, 1 << 30}
	arr[0] *= 4
	arr[1] -= -1 << 31
	field := struct{ n uint64 }{1 << 63}
	field.n += field.n
	p := &field
	p.n--
	shifted := uint32(1)<<31 + word
	return []int{sum, product, most, least, int(byte_), int(word), neg, int(s), int(list[0]), int(table["k"]),
		int(arr[0]), int(arr[1]), int(p.n), int(shifted), int(add(int8(100), 100)), int(add(small(127), 1))}
}

func add[T ~int8 | ~int16](a, b T) T { return a + b }

// Hash is FNV-1a.
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h ^= uint32(s[i])
		h *= 16777619
	}
	return h
}

func Invalid() string { return "\xff" }

func Div(a, b int) int { return a / b }

func Double(in <-chan int, out chan<- int, done chan struct{}) {
	for v := range in {
		out <- 2 * v
	}
	close(done)
}

// Garbage makes much of it, and keeps a little.
func Garbage(rounds int) int {
	kept := map[int][]string{}
	for i := range rounds {
		kept[i%100] = append([]string{strings.Repeat("x", i%1000)}, kept[i%100]...)
		if len(kept[i%100]) > 3 {
			kept[i%100] = kept[i%100][:3]
		}
	}
	total := 0
	for _, list := range kept {
		for _, s := range list {
			total += len(s)
		}
	}
	return total
}

// Celsius is a temperature.
type Celsius float64

// Freezing is when water does.
const Freezing Celsius = 0

const Limit = 1 << 40

func (c Celsius) Fahrenheit() float64 { return float64(c)*9/5 + 32 }

func (c Celsius) String() string { return fmt.Sprintf("%.1f °C", float64(c)) }

// Place is where it was measured.
type Place struct {
	Name     string
	Position [2]int
	Records  map[string]Celsius
	Parts    []Place
}

func (p Place) Depth() int {
	most := 0
	for _, part := range p.Parts {
		most = max(most, part.Depth())
	}
	return most + 1
}

func (p *Place) Rename(name string) { p.Name = name }

type secret struct{ N int }

// Hidden has a field that Rust cannot see.
type Hidden struct{ n int }

func Warm(p Place, by Celsius) Place {
	for k := range p.Records {
		p.Records[k] += by
	}
	p.Parts = append(p.Parts, Place{Name: p.Name + "'s part", Position: p.Position})
	return p
}

func Coldest(places []Place) (Celsius, error) {
	found := false
	least := Celsius(1000)
	for _, p := range places {
		for _, t := range p.Records {
			least, found = min(least, t), true
		}
	}
	if !found {
		return 0, errors.New("nothing was measured")
	}
	return least, nil
}

func Open() Hidden { return Hidden{1} }
