// Numbers: loops over slices, arrays and floats.
package main

import (
	"fmt"
	"math"
	"os"
	"time"
)

type body struct{ x, y, z, vx, vy, vz, mass float64 }

func energy(bodies []body) float64 {
	e := 0.0
	for i, b := range bodies {
		e += 0.5 * b.mass * (b.vx*b.vx + b.vy*b.vy + b.vz*b.vz)
		for _, c := range bodies[i+1:] {
			dx, dy, dz := b.x-c.x, b.y-c.y, b.z-c.z
			e -= b.mass * c.mass / math.Sqrt(dx*dx+dy*dy+dz*dz)
		}
	}
	return e
}

func advance(bodies []body, dt float64) {
	for i := range bodies {
		b := &bodies[i]
		for j := i + 1; j < len(bodies); j++ {
			c := &bodies[j]
			dx, dy, dz := b.x-c.x, b.y-c.y, b.z-c.z
			d2 := dx*dx + dy*dy + dz*dz
			mag := dt / (d2 * math.Sqrt(d2))
			b.vx -= dx * c.mass * mag
			b.vy -= dy * c.mass * mag
			b.vz -= dz * c.mass * mag
			c.vx += dx * b.mass * mag
			c.vy += dy * b.mass * mag
			c.vz += dz * b.mass * mag
		}
	}
	for i := range bodies {
		b := &bodies[i]
		b.x += dt * b.vx
		b.y += dt * b.vy
		b.z += dt * b.vz
	}
}

func nbody() any {
	bodies := []body{
		{0, 0, 0, 0, 0, 0, 39.47},
		{4.84, -1.16, -0.10, 0.60, 2.81, -0.02, 0.037},
		{8.34, 4.12, -0.4, -1.01, 1.82, 0.008, 0.011},
		{12.89, -15.11, -0.22, 1.08, 0.86, -0.01, 0.0017},
		{15.37, -25.9, 0.179, 0.97, 0.59, -0.03, 0.002},
	}
	for i := 0; i < 2000000; i++ {
		advance(bodies, 0.001)
	}
	return math.Round(energy(bodies) * 1e6)
}

func a(i, j int) float64 { return 1 / float64((i+j)*(i+j+1)/2+i+1) }

func mulAv(v, av []float64) {
	for i := range av {
		s := 0.0
		for j := range v {
			s += a(i, j) * v[j]
		}
		av[i] = s
	}
}

func mulAtv(v, atv []float64) {
	for i := range atv {
		s := 0.0
		for j := range v {
			s += a(j, i) * v[j]
		}
		atv[i] = s
	}
}

func spectral() any {
	n := 700
	u, v, t := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range u {
		u[i] = 1
	}
	for i := 0; i < 10; i++ {
		mulAv(u, t)
		mulAtv(t, v)
		mulAv(v, t)
		mulAtv(t, u)
	}
	vbv, vv := 0.0, 0.0
	for i := range u {
		vbv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	return math.Round(math.Sqrt(vbv/vv) * 1e9)
}

func fannkuch() any {
	n := 9
	perm1 := make([]int, n)
	for i := range perm1 {
		perm1[i] = i
	}
	perm, count := make([]int, n), make([]int, n)
	maxFlips, checksum, r, nperm := 0, 0, n, 0
	for {
		for ; r != 1; r-- {
			count[r-1] = r
		}
		copy(perm, perm1)
		flips := 0
		for k := perm[0]; k != 0; k = perm[0] {
			for i, j := 0, k; i < j; i, j = i+1, j-1 {
				perm[i], perm[j] = perm[j], perm[i]
			}
			flips++
		}
		if flips > maxFlips {
			maxFlips = flips
		}
		if nperm&1 == 0 {
			checksum += flips
		} else {
			checksum -= flips
		}
		for {
			if r == n {
				return checksum*100 + maxFlips
			}
			p0 := perm1[0]
			for i := 0; i < r; i++ {
				perm1[i] = perm1[i+1]
			}
			perm1[r] = p0
			count[r]--
			if count[r] > 0 {
				break
			}
			r++
		}
		nperm++
	}
}

func mandelbrot() any {
	n, inside := 500, 0
	for py := 0; py < n; py++ {
		for px := 0; px < n; px++ {
			cr, ci := 2*float64(px)/float64(n)-1.5, 2*float64(py)/float64(n)-1
			zr, zi := 0.0, 0.0
			i := 0
			for ; i < 100 && zr*zr+zi*zi < 4; i++ {
				zr, zi = zr*zr-zi*zi+cr, 2*zr*zi+ci
			}
			if i == 100 {
				inside++
			}
		}
	}
	return inside
}

func matmul() any {
	n := 300
	mk := func(seed float64) [][]float64 {
		m := make([][]float64, n)
		for i := range m {
			m[i] = make([]float64, n)
			for j := range m[i] {
				m[i][j] = seed * float64(i-j) * float64(i+j)
			}
		}
		return m
	}
	a, b, c := mk(0.5), mk(0.25), mk(0)
	for q := 0; q < 5; q++ {
		for i := 0; i < n; i++ {
			for j := 0; j < n; j++ {
				s := 0.0
				for k := 0; k < n; k++ {
					s += a[i][k] * b[k][j]
				}
				c[i][j] = s
			}
		}
	}
	return c[n/2][n/2]
}

func sieve() any {
	n, count := 4000000, 0
	for q := 0; q < 3; q++ {
		composite := make([]bool, n)
		for i := 2; i < n; i++ {
			if !composite[i] {
				count++
				for j := i * 2; j < n; j += i {
					composite[j] = true
				}
			}
		}
	}
	return count
}

func sum() any {
	a := make([]int, 1<<18)
	for i := range a {
		a[i] = i
	}
	s := 0
	for q := 0; q < 1000; q++ {
		for i := 0; i < len(a); i++ {
			s += a[i]
		}
	}
	return s
}

func rangeSum() any {
	a := make([]int, 1<<12)
	for i := range a {
		a[i] = i
	}
	s := 0
	for q := 0; q < 60000; q++ {
		for i, x := range a {
			s += x ^ i
		}
		a[q&0xfff]++
	}
	return s
}

func grid() any {
	n := 512
	cells, next := make([][]byte, n), make([][]byte, n)
	for i := range cells {
		cells[i], next[i] = make([]byte, n), make([]byte, n)
		for j := range cells[i] {
			if (i*7+j*13)%5 < 2 {
				cells[i][j] = 1
			}
		}
	}
	for step := 0; step < 30; step++ {
		for y := 0; y < n; y++ {
			for x := 0; x < n; x++ {
				alive := 0
				for dy := -1; dy <= 1; dy++ {
					for dx := -1; dx <= 1; dx++ {
						if dx != 0 || dy != 0 {
							alive += int(cells[(y+dy+n)%n][(x+dx+n)%n])
						}
					}
				}
				if alive == 3 || alive == 2 && cells[y][x] == 1 {
					next[y][x] = 1
				} else {
					next[y][x] = 0
				}
			}
		}
		cells, next = next, cells
	}
	total := 0
	for _, row := range cells {
		for _, c := range row {
			total += int(c)
		}
	}
	return total
}

type board [81]int8

func (b *board) ok(at int, v int8) bool {
	row, col := at/9, at%9
	for i := 0; i < 9; i++ {
		if b[row*9+i] == v || b[i*9+col] == v || b[(row/3*3+i/3)*9+col/3*3+i%3] == v {
			return false
		}
	}
	return true
}

func (b *board) solve(at int, tries *int) bool {
	for at < 81 && b[at] != 0 {
		at++
	}
	if at == 81 {
		return true
	}
	for v := int8(1); v <= 9; v++ {
		*tries++
		if b.ok(at, v) {
			b[at] = v
			if b.solve(at+1, tries) {
				return true
			}
			b[at] = 0
		}
	}
	return false
}

func sudoku() any {
	puzzle := "000000907000420180000705026100904000050000040000507009920108000034059000507000000"
	tries := 0
	for q := 0; q < 20; q++ {
		var b board
		for i, c := range puzzle {
			b[i] = int8(c - '0')
		}
		if !b.solve(0, &tries) {
			panic("unsolved")
		}
	}
	return tries
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func crc() any {
	var table [256]uint32
	for i := range table {
		c := uint32(i)
		for k := 0; k < 8; k++ {
			if c&1 == 1 {
				c = c>>1 ^ 0xedb88320
			} else {
				c >>= 1
			}
		}
		table[i] = c
	}
	data := make([]byte, 1<<20)
	for i := range data {
		data[i] = byte(i * 31)
	}
	total := uint32(0)
	for q := 0; q < 80; q++ {
		c := ^uint32(0)
		for _, b := range data {
			c = table[byte(c)^b] ^ c>>8
		}
		total += c
	}
	return total
}

func main() {
	run("nbody", nbody)
	run("spectral-norm", spectral)
	run("fannkuch", fannkuch)
	run("mandelbrot", mandelbrot)
	run("matmul", matmul)
	run("sieve", sieve)
	run("sum by index", sum)
	run("sum by range", rangeSum)
	run("life on 2-D slices", grid)
	run("sudoku in an array", sudoku)
	run("fib", func() any { return fib(36) })
	run("crc32 by table", crc)
}

// run says how long f took, unless the command line names others.
func run(name string, f func() any) {
	if len(os.Args) > 1 && os.Args[1] != name {
		return
	}
	start := time.Now()
	result := f()
	fmt.Printf("%s\t%d\t%v\n", name, time.Since(start).Nanoseconds(), result)
}
