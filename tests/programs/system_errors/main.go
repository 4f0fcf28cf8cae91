// The numbers of the system's errors and signals, with Go's texts.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

func main() {
	for i := range 140 {
		e := syscall.Errno(i)
		fmt.Println(i, e, e.Timeout(), e.Temporary(), errors.Is(e, fs.ErrExist), errors.Is(e, fs.ErrNotExist), errors.Is(e, fs.ErrPermission), errors.Is(e, errors.ErrUnsupported))
	}
	for i := range 40 {
		fmt.Println(syscall.Signal(i))
	}
	fmt.Println(syscall.EADDRNOTAVAIL, syscall.ERFKILL, syscall.EALREADY, syscall.ESTALE, syscall.EWOULDBLOCK == syscall.EAGAIN, syscall.SIGIOT, syscall.SIGPOLL, syscall.SIGCLD)
	fmt.Println(syscall.Getpagesize(), syscall.Getpid() == os.Getpid(), syscall.Getuid() == os.Getuid())
	os.Setenv("GOXIDE_SOME", "x")
	fmt.Println(syscall.Getenv("GOXIDE_SOME"))
	fmt.Println(syscall.Getenv("GOXIDE_NONE"))
}
