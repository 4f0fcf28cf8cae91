package main

import "fmt"

func find(grid [][]int, want int) (int, int) {
rows:
	for i, row := range grid {
		for j, v := range row {
			if v < 0 {
				continue rows
			}
			if v == want {
				return i, j
			}
			if v > 100 {
				break rows
			}
		}
	}
	return -1, -1
}

func retry(fail int) int {
	tries := 0
again:
	tries++
	if tries < fail {
		goto again
	}
	return tries
}

func main() {
	fmt.Println(find([][]int{{1, -1, 2}, {3, 2}}, 2))
	fmt.Println(retry(3))
out:
	switch {
	default:
		for {
			break out
		}
	}
}
