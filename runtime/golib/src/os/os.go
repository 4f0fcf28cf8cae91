// Package os, as far as goxide has it. Functions without a body are in mod.rs and its neighbours.
package os

import (
	"io"
	"io/fs"
	"time"
)

const (
	O_RDONLY int = 0x0
	O_WRONLY int = 0x1
	O_RDWR   int = 0x2
	O_APPEND int = 0x400
	O_CREATE int = 0x40
	O_EXCL   int = 0x80
	O_SYNC   int = 0x101000
	O_TRUNC  int = 0x200

	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2

	PathSeparator     = '/'
	PathListSeparator = ':'
	DevNull           = "/dev/null"
)

type FileMode = fs.FileMode
type FileInfo = fs.FileInfo
type DirEntry = fs.DirEntry
type PathError = fs.PathError

const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)

var (
	ErrInvalid    error
	ErrPermission error
	ErrExist      error
	ErrNotExist   error
	ErrClosed     error

	ErrNoDeadline       error
	ErrDeadlineExceeded error
	ErrProcessDone      error
	ErrNoHandle         error
)

type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string
func (e *SyscallError) Unwrap() error
func (e *SyscallError) Timeout() bool

func NewSyscallError(syscall string, err error) error

type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string
func (e *LinkError) Unwrap() error

func IsExist(err error) bool
func IsNotExist(err error) bool
func IsPermission(err error) bool
func IsTimeout(err error) bool

type Signal interface {
	String() string
	Signal()
}

var (
	Interrupt Signal
	Kill      Signal
)

type Process struct {
	Pid int
}

func FindProcess(pid int) (*Process, error)
func (p *Process) Kill() error
func (p *Process) Release() error
func (p *Process) Signal(sig Signal) error

var Args []string

func Exit(code int)

func Getenv(key string) string
func LookupEnv(key string) (string, bool)
func Setenv(key, value string) error
func Unsetenv(key string) error
func Clearenv()
func Environ() []string
func Expand(s string, mapping func(string) string) string
func ExpandEnv(s string) string

func Getpid() int
func Getppid() int
func Hostname() (name string, err error)
func Getwd() (dir string, err error)
func Chdir(dir string) error
func TempDir() string
func UserHomeDir() (string, error)
func Executable() (string, error)

type File struct {
	number  uint64
	name    string
	appends bool
}

var (
	Stdin  *File
	Stdout *File
	Stderr *File
)

func Open(name string) (*File, error)
func Create(name string) (*File, error)
func OpenFile(name string, flag int, perm FileMode) (*File, error)
func CreateTemp(dir, pattern string) (*File, error)

func (f *File) Name() string
func (f *File) Read(b []byte) (n int, err error)
func (f *File) ReadAt(b []byte, off int64) (n int, err error)
func (f *File) Write(b []byte) (n int, err error)
func (f *File) WriteAt(b []byte, off int64) (n int, err error)
func (f *File) WriteString(s string) (n int, err error)
func (f *File) Seek(offset int64, whence int) (ret int64, err error)
func (f *File) Sync() error
func (f *File) Truncate(size int64) error
func (f *File) Chmod(mode FileMode) error
func (f *File) Stat() (FileInfo, error)
func (f *File) ReadDir(n int) ([]DirEntry, error)
func (f *File) Close() error
func (f *File) Readdir(n int) ([]FileInfo, error)
func (f *File) Readdirnames(n int) (names []string, err error)
func (f *File) ReadFrom(r io.Reader) (n int64, err error)
func (f *File) WriteTo(w io.Writer) (n int64, err error)
func (f *File) Fd() uintptr
func (f *File) Chdir() error
func (f *File) Chown(uid, gid int) error
func (f *File) SetDeadline(t time.Time) error
func (f *File) SetReadDeadline(t time.Time) error
func (f *File) SetWriteDeadline(t time.Time) error

func Pipe() (r *File, w *File, err error)
func SameFile(fi1, fi2 FileInfo) bool
func DirFS(dir string) fs.FS
func CopyFS(dir string, fsys fs.FS) error
func Chown(name string, uid, gid int) error
func Lchown(name string, uid, gid int) error
func Chtimes(name string, atime time.Time, mtime time.Time) error
func Getuid() int
func Geteuid() int
func Getgid() int
func Getegid() int
func Getgroups() ([]int, error)
func Getpagesize() int
func IsPathSeparator(c uint8) bool
func UserCacheDir() (string, error)
func UserConfigDir() (string, error)

func ReadFile(name string) ([]byte, error)
func WriteFile(name string, data []byte, perm FileMode) error
func ReadDir(name string) ([]DirEntry, error)
func Stat(name string) (FileInfo, error)
func Lstat(name string) (FileInfo, error)
func Mkdir(name string, perm FileMode) error
func MkdirAll(path string, perm FileMode) error
func MkdirTemp(dir, pattern string) (string, error)
func Remove(name string) error
func RemoveAll(path string) error
func Rename(oldpath, newpath string) error
func Truncate(name string, size int64) error
func Chmod(name string, mode FileMode) error
func Symlink(oldname, newname string) error
func Link(oldname, newname string) error
func Readlink(name string) (string, error)

type fileStat struct {
	name    string
	size    int64
	mode    FileMode
	modTime time.Time
	dev     uint64
	ino     uint64
}

func (s *fileStat) Name() string
func (s *fileStat) Size() int64
func (s *fileStat) Mode() FileMode
func (s *fileStat) ModTime() time.Time
func (s *fileStat) IsDir() bool
func (s *fileStat) Sys() any

type unixDirent struct {
	parent string
	name   string
	typ    FileMode
}

func (d *unixDirent) Name() string
func (d *unixDirent) IsDir() bool
func (d *unixDirent) Type() FileMode
func (d *unixDirent) String() string
func (d *unixDirent) Info() (FileInfo, error)

