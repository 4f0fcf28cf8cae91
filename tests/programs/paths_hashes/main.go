package main

import (
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"unicode/utf16"
)

func main() {
	for _, p := range []string{"", "/", "a", "a/b", "/a/../b/./c//d", "../x", "a/../..", "/..", "a/b/", "x.tar.gz", "/a.b/c", "a//b///", ".."} {
		d, f := path.Split(p)
		fmt.Printf("%q %q %q %q %q %q %q %v\n", p, path.Clean(p), path.Base(p), path.Dir(p), path.Ext(p), d, f, path.IsAbs(p))
	}
	fmt.Println(path.Join("a", "", "../b", "c"), path.Join(), path.Join("", ""), filepath.Join("x", "/y"))
	for _, c := range [][2]string{{"abc", "abc"}, {"*", "abc"}, {"*c", "abc"}, {"a*", "ab/c"}, {"a*/b", "a/c/b"}, {"a*b*c*d*e*/f", "axbxcxdxe/xxx/f"}, {"a*b?c*x", "abxbbxdbxebxczzx"}, {"ab[c]", "abc"}, {"ab[b-d]", "abc"}, {"ab[^c]", "abc"}, {"a\\*b", "a*b"}, {"a???b", "aπc"}, {"[a-ζ]*", "α"}, {"[]a]", "]"}, {"[", "a"}, {"[^", "a"}, {"[^bc", "a"}, {"a[", "ab"}, {"*x", "xxx"}, {"[-]", "-"}, {"[x-]", "x"}, {"a?b", "a/b"}} {
		ok, err := path.Match(c[0], c[1])
		fmt.Println(c, ok, err)
	}
	for _, c := range [][2]string{{"a/b", "a/b/c"}, {"a", "b"}, {"/a/b", "/a/c/d"}, {"../a", "b"}, {"a/b/c", "a"}, {"/", "/x"}, {".", "x/y"}, {"/a", "x"}, {"a", "a"}} {
		r, err := filepath.Rel(c[0], c[1])
		fmt.Println(c, r, err)
	}
	fmt.Println(filepath.SplitList("/a:/b::c"), len(filepath.SplitList("")), filepath.IsLocal("a/../../b"), filepath.IsLocal("a/b"))
	dir, err := os.MkdirTemp("", "gx")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	for _, f := range []string{"b/x.txt", "a/y.go", "a/z.txt", "a/sub/q.go", "top.go"} {
		os.MkdirAll(filepath.Join(dir, filepath.Dir(f)), 0o755)
		os.WriteFile(filepath.Join(dir, f), []byte(f), 0o644)
	}
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, p)
		fmt.Println(rel, d.IsDir(), err)
		if d.Name() == "sub" {
			return filepath.SkipDir
		}
		return nil
	})
	filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		rel, _ := filepath.Rel(dir, p)
		if rel == "b" {
			return filepath.SkipAll
		}
		fmt.Println(rel, info.IsDir(), err)
		return nil
	})
	m, err := filepath.Glob(filepath.Join(dir, "*", "*.go"))
	for _, x := range m {
		r, _ := filepath.Rel(dir, x)
		fmt.Println(r)
	}
	fmt.Println(err)
	_, err = filepath.Glob("[")
	fmt.Println(err, err == filepath.ErrBadPattern)
	os.Symlink("a", filepath.Join(dir, "link"))
	real, err := filepath.EvalSymlinks(filepath.Join(dir, "link/../b/x.txt"))
	r, _ := filepath.Rel(dir, real)
	fmt.Println(r, err)
	fmt.Println(filepath.WalkDir("/nonexistent-gx", func(p string, d fs.DirEntry, err error) error { return err }))

	fmt.Println(utf16.Encode([]rune("aé😀\U0010FFFF")), string(utf16.Decode([]uint16{97, 0xd83d, 0xde00, 0xd800, 98})), utf16.IsSurrogate(0xd800), utf16.RuneLen('😀'))
	data := []byte("hello, world")
	h32, h32a, h64, h64a, h128, h128a := fnv.New32(), fnv.New32a(), fnv.New64(), fnv.New64a(), fnv.New128(), fnv.New128a()
	h32.Write(data)
	h32a.Write(data)
	h64.Write(data)
	h64a.Write(data)
	h128.Write(data)
	h128a.Write(data)
	fmt.Println(h32.Sum32(), h32a.Sum32(), h64.Sum64(), h64a.Sum64())
	fmt.Printf("%x %x %x %d\n", h128.Sum(nil), h128a.Sum([]byte{1}), h32.Sum(nil), h128.Size())
	fmt.Println(crc32.ChecksumIEEE(data), crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)), crc32.IEEETable == crc32.MakeTable(crc32.IEEE))
	c := crc32.NewIEEE()
	fmt.Fprintf(c, "hello, %s", "world")
	fmt.Printf("%x %d %v\n", c.Sum(nil), c.BlockSize(), crc32.IEEETable[1])
}
