package main

import (
	"fmt"
	"sync"
)

func main() {
	var once sync.Once
	var rw sync.RWMutex
	var wg sync.WaitGroup
	setups, total := 0, 0
	data := map[int]int{}
	for i := 0; i < 50; i++ {
		wg.Add(2)
		go func() {
			defer wg.Done()
			once.Do(func() { setups++ })
			rw.Lock()
			data[i] = i
			rw.Unlock()
		}()
		go func() {
			defer wg.Done()
			rw.RLock()
			_ = data[i]
			rw.RUnlock()
		}()
	}
	wg.Wait()
	for _, v := range data {
		total += v
	}
	fmt.Println(setups, total, len(data))
}
