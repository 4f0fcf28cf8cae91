// Sections, offsets and pipes of package io.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

type store struct{ b []byte }

func (s *store) WriteAt(p []byte, off int64) (int, error) {
	for int64(len(s.b)) < off+int64(len(p)) {
		s.b = append(s.b, '.')
	}
	return copy(s.b[off:], p), nil
}

func sections() {
	r := io.NewSectionReader(strings.NewReader("0123456789abcdef"), 3, 8)
	b := make([]byte, 5)
	for range 4 {
		n, err := r.Read(b)
		fmt.Println(n, err, string(b[:n]))
	}
	fmt.Println(r.Size())
	for _, seek := range []struct {
		off    int64
		whence int
	}{{2, io.SeekStart}, {1, io.SeekCurrent}, {-3, io.SeekEnd}, {-9, io.SeekEnd}, {5, 7}, {100, io.SeekStart}} {
		at, err := r.Seek(seek.off, seek.whence)
		n, err2 := r.Read(b[:2])
		fmt.Println(at, err, n, err2, string(b[:n]))
	}
	for _, off := range []int64{-1, 0, 5, 7, 8, 20} {
		n, err := r.ReadAt(b, off)
		fmt.Println(n, err, string(b[:n]))
	}
	outer, off, n := r.Outer()
	fmt.Printf("%T %d %d\n", outer, off, n)
	all, err := io.ReadAll(io.NewSectionReader(strings.NewReader("xyz"), 1, 1<<62))
	fmt.Println(string(all), err)
	all, err = io.ReadAll(io.NewSectionReader(r, 2, 3))
	fmt.Println(string(all), err)

	s := &store{}
	w := io.NewOffsetWriter(s, 4)
	fmt.Fprint(w, "hello ", "there")
	fmt.Println(w.WriteAt([]byte("J"), 0))
	fmt.Println(w.WriteAt([]byte("J"), -1))
	fmt.Println(w.Seek(2, io.SeekCurrent))
	fmt.Println(w.Seek(-1, io.SeekStart))
	fmt.Println(w.Seek(0, io.SeekEnd))
	fmt.Fprint(w, "!")
	fmt.Printf("%q\n", s.b)
}

func pipes() {
	r, w := io.Pipe()
	go func() {
		for i := range 5 {
			fmt.Fprintf(w, "line %d of the pipe\n", i)
		}
		n, err := w.Write(nil)
		fmt.Println("empty write:", n, err)
		w.CloseWithError(errors.New("that is all"))
	}()
	var all bytes.Buffer
	b := make([]byte, 7)
	for {
		n, err := r.Read(b)
		all.Write(b[:n])
		if err != nil {
			fmt.Println(err)
			break
		}
	}
	fmt.Print(all.String())
	fmt.Println(r.Read(b))
	fmt.Println(w.Write([]byte("x")))
	fmt.Println(r.Close(), w.Close())

	r, w = io.Pipe()
	done := make(chan bool)
	go func() {
		n, err := w.Write([]byte("0123456789"))
		fmt.Println("written", n, err)
		n, err = w.Write([]byte("more"))
		fmt.Println("written", n, err)
		done <- true
	}()
	n, err := io.ReadFull(r, b[:4])
	fmt.Println(n, err, string(b[:4]))
	r.CloseWithError(io.ErrNoProgress)
	<-done
	fmt.Println(r.Read(b))

	// many writers, one after the other
	r, w = io.Pipe()
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() { fmt.Fprintf(w, "<%02d>", i) })
	}
	go func() {
		group.Wait()
		w.Close()
	}()
	text, err := io.ReadAll(r)
	whole := 0
	for i := range 20 {
		whole += strings.Count(string(text), fmt.Sprintf("<%02d>", i))
	}
	fmt.Println(len(text), whole, err)

	r, w = io.Pipe()
	go func() {
		io.Copy(w, strings.NewReader(strings.Repeat("goxide ", 20000)))
		w.Close()
	}()
	count, err := io.Copy(io.Discard, io.TeeReader(r, &all))
	fmt.Println(count, err, all.Len())
	r, w = io.Pipe()
	w.Close()
	fmt.Println(r.Read(b))
	fmt.Println(w.Write(b))
}

func main() {
	sections()
	pipes()
}
