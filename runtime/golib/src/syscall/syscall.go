// Package syscall: the numbers of errors and signals. System calls themselves are not to be had.
package syscall

type Errno uintptr

func (e Errno) Error() string
func (e Errno) Is(target error) bool
func (e Errno) Temporary() bool
func (e Errno) Timeout() bool

type Signal int

func (s Signal) Signal()
func (s Signal) String() string

const (
	EPERM Errno = 1
	ENOENT Errno = 2
	ESRCH Errno = 3
	EINTR Errno = 4
	EIO Errno = 5
	ENXIO Errno = 6
	E2BIG Errno = 7
	EBADF Errno = 9
	ECHILD Errno = 10
	EAGAIN Errno = 11
	ENOMEM Errno = 12
	EACCES Errno = 13
	EFAULT Errno = 14
	EBUSY Errno = 16
	EEXIST Errno = 17
	EXDEV Errno = 18
	ENODEV Errno = 19
	ENOTDIR Errno = 20
	EISDIR Errno = 21
	EINVAL Errno = 22
	ENFILE Errno = 23
	EMFILE Errno = 24
	ENOTTY Errno = 25
	EFBIG Errno = 27
	ENOSPC Errno = 28
	ESPIPE Errno = 29
	EROFS Errno = 30
	EMLINK Errno = 31
	EPIPE Errno = 32
	EDOM Errno = 33
	ERANGE Errno = 34
	ENAMETOOLONG Errno = 36
	ENOSYS Errno = 38
	ENOTEMPTY Errno = 39
	ELOOP Errno = 40
	EOVERFLOW Errno = 75
	ENOTSUP Errno = 95
	ETIMEDOUT Errno = 110
	ECONNREFUSED Errno = 111
	ECONNRESET Errno = 104
	ECONNABORTED Errno = 103
	EADDRINUSE Errno = 98
	ECANCELED Errno = 125
	EWOULDBLOCK Errno = 11
)

const (
	SIGHUP Signal = 1
	SIGINT Signal = 2
	SIGQUIT Signal = 3
	SIGILL Signal = 4
	SIGTRAP Signal = 5
	SIGABRT Signal = 6
	SIGBUS Signal = 7
	SIGFPE Signal = 8
	SIGKILL Signal = 9
	SIGUSR1 Signal = 10
	SIGSEGV Signal = 11
	SIGUSR2 Signal = 12
	SIGPIPE Signal = 13
	SIGALRM Signal = 14
	SIGTERM Signal = 15
	SIGCHLD Signal = 17
	SIGCONT Signal = 18
	SIGSTOP Signal = 19
	SIGTSTP Signal = 20
	SIGTTIN Signal = 21
	SIGTTOU Signal = 22
	SIGURG Signal = 23
	SIGXCPU Signal = 24
	SIGXFSZ Signal = 25
	SIGVTALRM Signal = 26
	SIGPROF Signal = 27
	SIGWINCH Signal = 28
	SIGIO Signal = 29
	SIGPWR Signal = 30
	SIGSYS Signal = 31
)
