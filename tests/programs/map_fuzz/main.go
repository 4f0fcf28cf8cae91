// Maps that change while they are ranged over, 20,000 rounds: each entry that stays comes exactly once, a deleted one never, an
// added one at most once; clear ends what follows; NaN keys are never found and all come.
package main

import (
	"fmt"
	"math"
)

type generator uint64

func (g *generator) next() uint64 {
	*g += 0x9e3779b97f4a7c15
	z := uint64(*g)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (g *generator) below(n int) int { return int(g.next() % uint64(n)) }

const keys = 4096

// What the test knows of each key, without maps.
type knowledge struct {
	value   [keys]int // 0: not there
	before  [keys]bool
	seen    [keys]int
	deleted [keys]bool // while ranging, not since
	added   [keys]bool // while ranging
	left    [keys]bool // was deleted at some time while ranging
}

type table[K comparable] struct {
	m     map[K]int
	key   func(int) K
	index func(K) int
	k     knowledge
	size  int
}

var failures int

func fail(format string, args ...any) {
	failures++
	if failures < 10 {
		fmt.Printf(format+"\n", args...)
	}
}

func (t *table[K]) set(i, value int, ranging bool) {
	if t.k.value[i] == 0 {
		t.size++
		if ranging {
			t.k.added[i] = true
		}
	}
	t.m[t.key(i)] = value
	t.k.value[i] = value
	t.k.deleted[i] = false
}

func (t *table[K]) remove(i int) {
	if t.k.value[i] != 0 {
		t.size--
	}
	delete(t.m, t.key(i))
	t.k.value[i] = 0
	t.k.deleted[i] = true
	t.k.left[i] = true
}

func (t *table[K]) round(g *generator, n int) {
	for range g.below(40) {
		if i := g.below(n); g.below(3) == 0 {
			t.remove(i)
		} else {
			t.set(i, 1+g.below(1000), false)
		}
	}
	if g.below(50) == 0 {
		for i := range n {
			if g.below(2) == 0 {
				t.set(i, 1+g.below(1000), false)
			}
		}
	}
	for i := range n {
		t.k.before[i] = t.k.value[i] != 0
		t.k.seen[i] = 0
		t.k.deleted[i], t.k.added[i], t.k.left[i] = false, false, false
	}
	changes, growth, clears, stop := g.below(3), g.below(3), g.below(200) == 0, -1
	if g.below(8) == 0 {
		stop = g.below(20)
	}
	steps := 0
	for key, value := range t.m {
		i := t.index(key)
		t.k.seen[i]++
		if t.k.deleted[i] || t.k.value[i] == 0 {
			fail("a deleted key comes: %d", i)
		}
		if value != t.k.value[i] {
			fail("key %d has %d, not %d", i, value, t.k.value[i])
		}
		if steps == stop {
			break
		}
		steps++
		for range changes {
			t.remove(g.below(n))
		}
		if t.size < n*3/4 {
			for range growth {
				t.set(g.below(n), 1+g.below(1000), true)
			}
		}
		if clears && g.below(30) == 0 {
			clear(t.m)
			for i := range n {
				if t.k.value[i] != 0 {
					t.k.left[i], t.k.deleted[i], t.k.value[i] = true, true, 0
				}
			}
			t.size = 0
			clears = false
		}
		if steps > 2*keys {
			break
		}
	}
	for i := range n {
		switch seen := t.k.seen[i]; {
		case seen > 1 && !t.k.left[i]:
			fail("key %d comes %d times", i, seen)
		case seen > 0 && !t.k.before[i] && !t.k.added[i]:
			fail("key %d comes from nowhere", i)
		case seen == 0 && t.k.before[i] && !t.k.left[i] && stop < 0 && steps <= 2*keys:
			fail("key %d is left out", i)
		}
	}
	if len(t.m) != t.size {
		fail("%d entries, not %d", len(t.m), t.size)
	}
	i := g.below(n)
	if value, ok := t.m[t.key(i)]; value != t.k.value[i] || ok != (value != 0) {
		fail("looked up %d: %d %v, not %d", i, value, ok, t.k.value[i])
	}
}

func rounds[K comparable](name string, g *generator, count, n int, key func(int) K, index func(K) int) {
	t := &table[K]{m: map[K]int{}, key: key, index: index}
	for range count {
		t.round(g, n)
	}
	fmt.Println(name, count, "rounds")
}

func nans(g *generator) {
	m := map[float64]int{}
	nan := math.NaN()
	count, total := 0, 0
	for i := range 2000 {
		m[nan] = i
		count++
		delete(m, nan)
		if _, ok := m[nan]; ok {
			fail("NaN is found")
		}
		m[float64(i)] = -1
		seen, sum := 0, 0
		if i%50 == 0 {
			for key, value := range m {
				if key != key {
					seen++
					sum += value
				} else if g.below(2) == 0 {
					delete(m, key)
				}
			}
			if seen != count {
				fail("%d NaN keys of %d", seen, count)
			}
			total += sum
		}
		if i%700 == 699 {
			clear(m)
			count = 0
			if len(m) != 0 {
				fail("not cleared")
			}
		}
	}
	fmt.Println("NaN keys:", count, total)
}

// Deleting each entry as it comes, and adding another: ends sooner or later.
func turnover() {
	m := map[int]bool{}
	for i := range 1000 {
		m[i] = true
	}
	next, steps := 1000, 0
	for key := range m {
		delete(m, key)
		if next < 3000 {
			m[next] = true
			next++
		}
		steps++
	}
	fmt.Println("turnover:", steps >= 1000, len(m)+steps == next)
}

type pair struct {
	name string
	n    int
}

func main() {
	g := generator(20000)
	names := make([]string, keys)
	for i := range names {
		names[i] = fmt.Sprint("key ", i)
	}
	number := map[string]int{}
	for i, name := range names {
		number[name] = i
	}
	for _, n := range []int{1, 7, 8, 9, 30} {
		rounds("ints", &g, 1600, n, func(i int) int { return i * 977 }, func(k int) int { return k / 977 })
	}
	rounds("ints", &g, 4000, 200, func(i int) int { return i << 20 }, func(k int) int { return k >> 20 })
	rounds("strings", &g, 4000, 60, func(i int) string { return names[i] }, func(k string) int { return number[k] })
	rounds("structs", &g, 2000, 100, func(i int) pair { return pair{names[i], i} }, func(k pair) int { return k.n })
	rounds("interfaces", &g, 1800, 50, func(i int) any {
		if i%2 == 0 {
			return i
		}
		return names[i]
	}, func(k any) int {
		if i, ok := k.(int); ok {
			return i
		}
		return number[k.(string)]
	})
	rounds("arrays", &g, 200, keys, func(i int) [2]int32 { return [2]int32{int32(i), int32(-i)} }, func(k [2]int32) int { return int(k[0]) })
	nans(&g)
	turnover()
	fmt.Println("failures:", failures)
}
