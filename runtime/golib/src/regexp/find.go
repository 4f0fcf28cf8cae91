package regexp

import (
	"io"
)

// Match tells whether b has a match.
func (re *Regexp) Match(b []byte) bool {
	return re.match(bytesInput(b), 0) != nil
}

// MatchString tells whether s has a match.
func (re *Regexp) MatchString(s string) bool {
	return re.match(stringInput(s), 0) != nil
}

// MatchReader tells whether what r holds has a match; it may read beyond it.
func (re *Regexp) MatchReader(r io.RuneReader) bool {
	return re.match(&readerInput{r: r}, 0) != nil
}

// whole cuts positions down to those of the match itself.
func whole(match []int) []int {
	if match == nil {
		return nil
	}
	return match[:2]
}

// FindIndex returns where the first match is, nil if nowhere.
func (re *Regexp) FindIndex(b []byte) (loc []int) {
	return whole(re.match(bytesInput(b), 0))
}

// FindStringIndex is FindIndex for a string.
func (re *Regexp) FindStringIndex(s string) (loc []int) {
	return whole(re.match(stringInput(s), 0))
}

// FindReaderIndex is FindIndex for what is read; it may read beyond the match.
func (re *Regexp) FindReaderIndex(r io.RuneReader) (loc []int) {
	return whole(re.match(&readerInput{r: r}, 0))
}

// FindSubmatchIndex returns where the first match and its groups are; -1 for those that take no part.
func (re *Regexp) FindSubmatchIndex(b []byte) []int {
	return re.match(bytesInput(b), 0)
}

// FindStringSubmatchIndex is FindSubmatchIndex for a string.
func (re *Regexp) FindStringSubmatchIndex(s string) []int {
	return re.match(stringInput(s), 0)
}

// FindReaderSubmatchIndex is FindSubmatchIndex for what is read; it may read beyond the match.
func (re *Regexp) FindReaderSubmatchIndex(r io.RuneReader) []int {
	return re.match(&readerInput{r: r}, 0)
}

// Find returns the first match, nil if there is none.
func (re *Regexp) Find(b []byte) []byte {
	m := re.FindIndex(b)
	if m == nil {
		return nil
	}
	return b[m[0]:m[1]:m[1]]
}

// FindString returns the first match, "" if there is none.
func (re *Regexp) FindString(s string) string {
	m := re.FindStringIndex(s)
	if m == nil {
		return ""
	}
	return s[m[0]:m[1]]
}

// FindSubmatch returns the first match and its groups.
func (re *Regexp) FindSubmatch(b []byte) [][]byte {
	return bytesAt(b, re.FindSubmatchIndex(b))
}

// FindStringSubmatch is FindSubmatch for a string.
func (re *Regexp) FindStringSubmatch(s string) []string {
	return stringsAt(s, re.FindStringSubmatchIndex(s))
}

func bytesAt(b []byte, match []int) [][]byte {
	if match == nil {
		return nil
	}
	list := make([][]byte, len(match)/2)
	for i := range list {
		if match[2*i] >= 0 {
			list[i] = b[match[2*i]:match[2*i+1]:match[2*i+1]]
		}
	}
	return list
}

func stringsAt(s string, match []int) []string {
	if match == nil {
		return nil
	}
	list := make([]string, len(match)/2)
	for i := range list {
		if match[2*i] >= 0 {
			list[i] = s[match[2*i]:match[2*i+1]]
		}
	}
	return list
}

// all calls deliver with up to n matches that do not overlap, all if n is negative. An empty one right behind another match
// does not count.
func (re *Regexp) all(in input, length, n int, deliver func([]int)) {
	end := -1
	for pos := 0; n != 0 && pos <= length; {
		match := re.match(in, pos)
		if match == nil {
			return
		}
		counts := true
		if match[1] == pos {
			counts = match[0] != end
			_, width := in.step(pos)
			pos += max(width, 1)
		} else {
			pos = match[1]
		}
		end = match[1]
		if counts {
			deliver(match)
			n--
		}
	}
}

// FindAll returns up to n matches, all if n is negative.
func (re *Regexp) FindAll(b []byte, n int) [][]byte {
	var found [][]byte
	re.all(bytesInput(b), len(b), n, func(m []int) { found = append(found, b[m[0]:m[1]:m[1]]) })
	return found
}

// FindAllIndex returns where up to n matches are.
func (re *Regexp) FindAllIndex(b []byte, n int) [][]int {
	var found [][]int
	re.all(bytesInput(b), len(b), n, func(m []int) { found = append(found, m[:2]) })
	return found
}

// FindAllString returns up to n matches, all if n is negative.
func (re *Regexp) FindAllString(s string, n int) []string {
	var found []string
	re.all(stringInput(s), len(s), n, func(m []int) { found = append(found, s[m[0]:m[1]]) })
	return found
}

// FindAllStringIndex returns where up to n matches are.
func (re *Regexp) FindAllStringIndex(s string, n int) [][]int {
	var found [][]int
	re.all(stringInput(s), len(s), n, func(m []int) { found = append(found, m[:2]) })
	return found
}

// FindAllSubmatch returns up to n matches and their groups.
func (re *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	var found [][][]byte
	re.all(bytesInput(b), len(b), n, func(m []int) { found = append(found, bytesAt(b, m)) })
	return found
}

// FindAllSubmatchIndex returns where up to n matches and their groups are.
func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	var found [][]int
	re.all(bytesInput(b), len(b), n, func(m []int) { found = append(found, m) })
	return found
}

// FindAllStringSubmatch returns up to n matches and their groups.
func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	var found [][]string
	re.all(stringInput(s), len(s), n, func(m []int) { found = append(found, stringsAt(s, m)) })
	return found
}

// FindAllStringSubmatchIndex returns where up to n matches and their groups are.
func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	var found [][]int
	re.all(stringInput(s), len(s), n, func(m []int) { found = append(found, m) })
	return found
}

// Split returns what lies between matches, at most n parts; the last holds the rest.
func (re *Regexp) Split(s string, n int) []string {
	if n == 0 {
		return nil
	}
	if s == "" && re.expr != "" {
		return []string{""}
	}
	parts := make([]string, 0, max(n, 0))
	from, to := 0, 0
	for _, m := range re.FindAllStringIndex(s, n) {
		if n > 0 && len(parts) == n-1 {
			break
		}
		to = m[0]
		if m[1] != 0 {
			parts = append(parts, s[from:to])
		}
		from = m[1]
	}
	if to != len(s) {
		parts = append(parts, s[from:])
	}
	return parts
}
