package main

import "fmt"

type key struct{ x, y int }

func main() {
	ages := map[string]int{"ann": 30, "bob": 25}
	ages["cid"] = 41
	ages["ann"]++
	delete(ages, "bob")
	if age, ok := ages["bob"]; !ok {
		fmt.Println("no bob", age)
	}
	fmt.Println(len(ages), ages)
	grid := make(map[key]string)
	grid[key{1, 2}] = "here"
	_, ok := grid[key{2, 1}]
	fmt.Println(grid[key{1, 2}], ok)
	words := map[rune][]string{}
	for _, w := range []string{"an", "be", "at"} {
		r := rune(w[0])
		words[r] = append(words[r], w)
	}
	fmt.Println(words)
	nested := map[string]map[string]bool{"a": {"b": true}}
	fmt.Println(nested["a"]["b"], nested["x"]["y"])
	clear(ages)
	fmt.Println(len(ages))
}
