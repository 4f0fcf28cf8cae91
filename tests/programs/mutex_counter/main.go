package main

import (
	"fmt"
	"sync"
)

type counter struct {
	sync.Mutex
	n map[string]int
}

func (c *counter) inc(key string) {
	c.Lock()
	defer c.Unlock()
	c.n[key]++
}

func main() {
	c := counter{n: map[string]int{}}
	var wg sync.WaitGroup
	for i := 0; i < 100; i++ {
		wg.Add(1)
		go func(key string) {
			defer wg.Done()
			for j := 0; j < 100; j++ {
				c.inc(key)
			}
		}([]string{"even", "odd"}[i%2])
	}
	wg.Wait()
	fmt.Println(c.n["even"], c.n["odd"])
}
