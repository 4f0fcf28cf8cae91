package main

import "fmt"

type shape interface {
	area() float64
}

type square struct{ side float64 }

type circle struct{ r float64 }

func (s square) area() float64 { return s.side * s.side }

func (c *circle) area() float64 { return 3 * c.r * c.r }

func describe(v any) string {
	switch x := v.(type) {
	case nil:
		return "nothing"
	case int, int64:
		return fmt.Sprint("a whole number ", x)
	case string:
		return "text of length " + fmt.Sprint(len(x))
	case shape:
		return fmt.Sprint("a shape of area ", x.area())
	case error:
		return "an error: " + x.Error()
	}
	return "something else"
}

func grade(points int) (g string) {
	switch {
	case points >= 90:
		g = "A"
	case points >= 50:
		g = "B"
		if points == 50 {
			break
		}
		fallthrough
	default:
		g += "?"
	}
	return
}

func main() {
	for _, v := range []any{nil, 1, int64(2), "abc", square{2}, &circle{1}, fmt.Errorf("bad"), 1.5} {
		fmt.Println(describe(v))
	}
outer:
	for _, p := range []int{95, 50, 70, 10} {
		switch g := grade(p); g {
		case "A", "B":
			fmt.Println(p, g)
		case "?":
			break outer
		default:
			fmt.Println(p, "unsure:", g)
		}
	}
}
