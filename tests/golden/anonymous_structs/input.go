package main

import "fmt"

var config = struct {
	Host string
	Port int
}{"localhost", 80}

func main() {
	points := []struct{ X, Y int }{{1, 2}, {3, 4}}
	for _, p := range points {
		fmt.Println(p.X + p.Y)
	}
	cases := map[string]struct {
		in   string
		want int
	}{
		"one": {"a", 1},
	}
	fmt.Println(cases["one"].want, config.Port)
	var seen struct{}
	fmt.Println(seen, points[0] == struct{ X, Y int }{1, 2})
}
