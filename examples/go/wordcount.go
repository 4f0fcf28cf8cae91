// Counts the words of a text, one goroutine per line, and prints the most frequent.
package main

import (
	"fmt"
	"sort"
	"strings"
)

const text = `the quick brown fox jumps over the lazy dog
the dog sleeps and the fox runs
a quick dog is no match for a quick fox`

func main() {
	lines := strings.Split(text, "\n")
	partial := make(chan map[string]int)
	for _, line := range lines {
		go func() {
			counts := map[string]int{}
			for _, word := range strings.Fields(line) {
				counts[word]++
			}
			partial <- counts
		}()
	}

	total := map[string]int{}
	for range lines {
		for word, n := range <-partial {
			total[word] += n
		}
	}

	words := make([]string, 0, len(total))
	for word := range total {
		words = append(words, word)
	}
	sort.Slice(words, func(i, j int) bool {
		if total[words[i]] != total[words[j]] {
			return total[words[i]] > total[words[j]]
		}
		return words[i] < words[j]
	})
	for _, word := range words[:5] {
		fmt.Printf("%-6s %d\n", word, total[word])
	}
}
