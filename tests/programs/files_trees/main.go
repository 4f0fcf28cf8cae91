// Files and directories of package os, and trees of files of io/fs.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

var root string

// An error without the folder of this run.
func clean(err error) string {
	if err == nil {
		return "ok"
	}
	return strings.ReplaceAll(err.Error(), root, "ROOT")
}

func at(name string) string { return filepath.Join(root, name) }

func files() {
	f, err := os.OpenFile(at("a"), os.O_RDWR|os.O_CREATE, 0640)
	fmt.Println(clean(err))
	fmt.Println(f.Write([]byte("hello, ")))
	fmt.Println(f.WriteString("files"))
	fmt.Println(f.WriteAt([]byte("H"), 0))
	fmt.Println(f.Seek(-5, io.SeekEnd))
	b := make([]byte, 10)
	n, err := f.Read(b)
	fmt.Println(n, err, string(b[:n]))
	n, err = f.Read(b)
	fmt.Println(n, err)
	n, err = f.ReadAt(b, 8)
	fmt.Println(n, err, string(b[:n]))
	_, err = f.ReadAt(b, -1)
	fmt.Println(clean(err))
	fmt.Println(f.ReadFrom(strings.NewReader(" and more")))
	fmt.Println(f.Seek(0, io.SeekStart))
	var all bytes.Buffer
	fmt.Println(f.WriteTo(&all))
	fmt.Println(all.String())
	fmt.Println(io.Copy(f, strings.NewReader("!")))
	info, err := f.Stat()
	fmt.Println(info.Name(), info.Size(), info.Mode(), info.IsDir(), err)
	fmt.Println(f.Truncate(4), f.Sync(), f.Chmod(0600), f.Close())
	fmt.Println(clean(f.Close()))
	_, err = f.Write(b)
	fmt.Println(clean(err), errors.Is(err, os.ErrClosed))
	data, err := os.ReadFile(at("a"))
	fmt.Println(string(data), clean(err))

	when := time.Date(2001, 2, 3, 4, 5, 6, 7000, time.UTC)
	fmt.Println(clean(os.Chtimes(at("a"), time.Time{}, when)))
	info, _ = os.Stat(at("a"))
	fmt.Println(info.ModTime().UTC(), info.Mode())
	fmt.Println(clean(os.Chtimes(at("none"), when, when)))
	other, _ := os.Lstat(at("a"))
	dir, _ := os.Stat(root)
	fmt.Println(os.SameFile(info, other), os.SameFile(info, dir))
	fmt.Println(clean(os.Link(at("a"), at("b"))), clean(os.Symlink("a", at("c"))), clean(os.Symlink("a", at("c"))))
	link, err := os.Readlink(at("c"))
	fmt.Println(link, clean(err))
	other, _ = os.Stat(at("c"))
	fmt.Println(os.SameFile(info, other))
	fmt.Println(clean(os.Rename(at("b"), at("d"))), clean(os.Rename(at("b"), at("d"))), clean(os.Remove(at("b"))))
	_, err = os.Open(at("b"))
	fmt.Println(clean(err), os.IsNotExist(err), errors.Is(err, fs.ErrNotExist))
	_, err = os.OpenFile(at("a"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0600)
	fmt.Println(clean(err), os.IsExist(err))
	fmt.Println(clean(os.Chown(at("a"), -1, -1)), clean(os.Lchown(at("c"), -1, -1)), clean(os.Chown(at("b"), -1, -1)))
	temp, err := os.CreateTemp(root, "temp*.txt")
	fmt.Println(strings.HasSuffix(temp.Name(), ".txt"), clean(err), clean(temp.SetDeadline(when)), clean(os.Remove(temp.Name())))
	temp.Close()
	fmt.Println(os.Getpagesize(), os.IsPathSeparator('/'), os.IsPathSeparator('a'), os.Getuid() >= 0, os.Geteuid() == os.Getuid(), os.Getgid() >= 0)
	os.Setenv("XDG_CACHE_HOME", "relative")
	_, err = os.UserCacheDir()
	fmt.Println(err)
	os.Setenv("XDG_CONFIG_HOME", "/conf")
	fmt.Println(os.UserConfigDir())
	os.Unsetenv("XDG_CONFIG_HOME")
	os.Setenv("HOME", "/home/me")
	fmt.Println(os.UserConfigDir())
}

func pipe() {
	r, w, err := os.Pipe()
	fmt.Println(r.Name(), w.Name(), err)
	go func() {
		for i := range 20000 {
			fmt.Fprintln(w, "line", i)
		}
		w.Close()
	}()
	data, err := io.ReadAll(r)
	fmt.Println(len(data), err, r.Close())
}

func show(fsys fs.FS) {
	fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			fmt.Println(path, clean(err))
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		size := info.Size()
		if d.IsDir() {
			size = 0
		}
		fmt.Println(path, d.Name(), d.Type(), size, fs.FormatDirEntry(d))
		if d.Name() == "skipped" {
			return fs.SkipDir
		}
		return nil
	})
}

// A tree that knows nothing but Open.
type plain struct{ fs.FS }

func (p plain) Open(name string) (fs.File, error) { return p.FS.Open(name) }

func trees() {
	fmt.Println(clean(os.MkdirAll(at("t/x/y"), 0755)), clean(os.MkdirAll(at("t/skipped/z"), 0755)), clean(os.Mkdir(at("t"), 0755)))
	for i, name := range []string{"t/one.txt", "t/two.txt", "t/x/three.txt", "t/x/y/four.go", "t/skipped/five"} {
		fmt.Println(clean(os.WriteFile(at(name), []byte(strings.Repeat("x", i)), 0644)))
	}
	fmt.Println(clean(os.Symlink("one.txt", at("t/link"))))
	fsys := os.DirFS(at("t"))
	for _, fsys := range []fs.FS{fsys, plain{fsys}} {
		show(fsys)
		for _, pattern := range []string{"*.txt", "x/*", "*/*.txt", "none*", "[", "one.txt", "*/y/*.go"} {
			found, err := fs.Glob(fsys, pattern)
			fmt.Println(pattern, found, err)
		}
		data, err := fs.ReadFile(fsys, "x/three.txt")
		fmt.Println(string(data), clean(err))
		_, err = fs.ReadFile(fsys, "../a")
		fmt.Println(clean(err))
		_, err = fs.ReadFile(fsys, "nope")
		fmt.Println(clean(err))
		info, err := fs.Stat(fsys, "x")
		fmt.Println(info.Name(), info.IsDir(), clean(err))
		_, err = fs.Stat(fsys, "/x")
		fmt.Println(clean(err))
		list, err := fs.ReadDir(fsys, "x")
		fmt.Println(list, clean(err))
		_, err = fs.ReadDir(fsys, "one.txt")
		fmt.Println(err != nil)
		to, err := fs.ReadLink(fsys, "link")
		fmt.Println(to, clean(err))
		sub, err := fs.Sub(fsys, "x")
		fmt.Println(clean(err))
		show(sub)
		_, err = fs.ReadFile(sub, "y/none")
		fmt.Println(clean(err))
		found, err := fs.Glob(sub, "*/*")
		fmt.Println(found, err)
		_, err = fs.Sub(fsys, "../x")
		fmt.Println(clean(err))
	}
	fmt.Println(clean(os.CopyFS(at("copy"), fsys)))
	show(os.DirFS(at("copy")))
	fmt.Println(clean(os.CopyFS(at("copy"), fsys)))
	for _, name := range []string{".", "", "a", "a/b", "/a", "a/", "a//b", "a/../b", "a/.", "..", "\xff", "a b", "..."} {
		fmt.Print(fs.ValidPath(name), " ")
	}
	fmt.Println()
	d, err := os.Open(at("t"))
	names, err2 := d.Readdirnames(-1)
	slices.Sort(names)
	fmt.Println(names, clean(err), clean(err2))
	fmt.Println(d.Seek(0, 0))
	infos, err := d.Readdir(2)
	fmt.Println(len(infos), clean(err))
	infos, err = d.Readdir(0)
	fmt.Println(len(infos), clean(err))
	infos, err = d.Readdir(1)
	fmt.Println(len(infos), clean(err), d.Close())
	fmt.Println(clean(os.RemoveAll(at("t"))), clean(os.RemoveAll(at("t"))))
}

func main() {
	root, _ = os.MkdirTemp("", "goxide")
	defer os.RemoveAll(root)
	files()
	pipe()
	trees()
}
