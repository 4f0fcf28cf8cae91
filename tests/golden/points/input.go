package main

import "fmt"

type Point struct{ X, Y int }

type Line struct {
	From, To Point
	Label    string
}

// Move changes the point in place.
func (p *Point) Move(dx, dy int) {
	p.X += dx
	p.Y += dy
}

func (p Point) Plus(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

func main() {
	p := Point{1, 2}
	q := p // a copy
	q.Move(10, 10)
	fmt.Println(p, q, p == q, p.Plus(q))

	l := &Line{From: p, To: q}
	l.To.Move(1, 1)
	end := &l.To
	end.X = 100
	l.Label = "line"
	fmt.Println(l.To.X, *end, l.Label, *l)

	grid := [3][2]Point{}
	grid[1][1].Move(5, 6)
	copy := grid
	copy[1][1].X = 0
	points := grid[1:]
	points[0][0] = Point{7, 7}
	fmt.Println(grid, copy[1][1], len(points))

	byName := map[string]Point{"a": {1, 1}}
	byName["b"] = byName["a"].Plus(p)
	delete(byName, "a")
	fmt.Println(byName, byName["none"])
}
