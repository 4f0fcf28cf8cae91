//! What the lint knows about other people's functions, as data: one line for a function, with the reason.
//!
//! A path is that of [`super::name::path`]; `*` at the end stands for any rest of the last name. Modules of `std` move
//! between versions, hence a `std` function is listed by its module's beginning and its own name.

/// A function that a goroutine must not reach.
pub struct Banned {
    pub rule: &'static str,
    /// Beginning of the path, and the last names that are meant.
    pub module: &'static str,
    pub members: &'static [&'static str],
    pub why: &'static str,
    pub help: &'static str,
}

pub const ARGUMENT: &str = "pass what the goroutine must know as an argument, or send it over a channel";
pub const OWN: &str = "keep the value in a variable of the goroutine, pass it as an argument, or share it behind a goxide::sync::Mutex";
const THREAD: &str = "is about the operating system thread, which many goroutines share";

const BLOCKS: &str = "blocks the operating system thread, and with it every goroutine that shares it";
const CHANNEL: &str = "use goxide::channel; if it must be this one, wait for it in goxide::blocking(|| ..)";
const COND: &str = "use goxide::sync::Cond with a goxide::sync::Mutex, or a channel";
const RUNTIME_OF_TOKIO: &str =
    "spawn on the runtime and wait with goxide::block_on, or call it in goxide::blocking(|| ..)";

pub const BANNED: &[Banned] = &[
    Banned {
        rule: "thread-identity",
        module: "std::thread",
        members: &["current", "current_id", "try_current"],
        why: THREAD,
        help: ARGUMENT,
    },
    Banned {
        rule: "thread-park",
        module: "std::thread",
        members: &["park", "park_timeout", "park_timeout_ms"],
        why: "parks the operating system thread, and with it every goroutine that shares it",
        help: "wait on a channel or a goxide::sync::WaitGroup",
    },
    Banned {
        rule: "thread-park",
        module: "tokio::runtime::runtime::Runtime",
        members: &["block_on"],
        why: "blocks the operating system thread and makes it the runtime's, for every goroutine that shares it",
        help: RUNTIME_OF_TOKIO,
    },
    Banned {
        rule: "thread-park",
        module: "tokio::runtime::handle::Handle",
        members: &["block_on"],
        why: "blocks the operating system thread and makes it the runtime's, for every goroutine that shares it",
        help: RUNTIME_OF_TOKIO,
    },
    Banned {
        rule: "thread-block",
        module: "std::sync::poison::condvar::Condvar",
        members: &["wait", "wait_while", "wait_timeout", "wait_timeout_ms", "wait_timeout_while"],
        why: BLOCKS,
        help: COND,
    },
    Banned {
        rule: "thread-block",
        module: "parking_lot::condvar::Condvar",
        members: &["wait", "wait_for", "wait_until", "wait_until_internal", "wait_while", "wait_while_for"],
        why: BLOCKS,
        help: COND,
    },
    Banned {
        rule: "thread-block",
        module: "std::sync::barrier::Barrier",
        members: &["wait"],
        why: BLOCKS,
        help: "use goxide::sync::Barrier, which has the same methods",
    },
    Banned {
        rule: "thread-block",
        module: "std::sync::mpsc::Receiver",
        members: &["recv", "recv_timeout"],
        why: BLOCKS,
        help: CHANNEL,
    },
    Banned {
        rule: "thread-block",
        module: "<std::sync::mpsc::Iter as core::iter::traits::iterator::Iterator>",
        members: &["next"],
        why: BLOCKS,
        help: CHANNEL,
    },
    Banned {
        rule: "thread-block",
        module: "<std::sync::mpsc::IntoIter as core::iter::traits::iterator::Iterator>",
        members: &["next"],
        why: BLOCKS,
        help: CHANNEL,
    },
    Banned {
        rule: "thread-block",
        module: "std::sync::mpsc::SyncSender",
        members: &["send"],
        why: BLOCKS,
        help: CHANNEL,
    },
    Banned {
        rule: "thread-block",
        module: "std::thread::join_handle::JoinHandle",
        members: &["join"],
        why: BLOCKS,
        help: "have the thread send its result over a channel, or wait for it in goxide::blocking(|| ..)",
    },
    Banned {
        rule: "thread-block",
        module: "std::thread::scoped",
        members: &["scope"],
        why: BLOCKS,
        help: "use goxide::scope, or call it in goxide::blocking(|| ..)",
    },
    Banned {
        rule: "thread-sleep",
        module: "std::thread",
        members: &["sleep", "sleep_ms", "sleep_until"],
        why: "puts the operating system thread to sleep, and with it every goroutine that shares it",
        help: "use goxide::time::sleep",
    },
    Banned {
        rule: "thread-identity",
        module: "",
        members: &[
            "gettid",
            "pthread_self",
            "syscall(SYS_gettid)",
            "pthread_getspecific",
            "pthread_setspecific",
            "pthread_setname_np",
            "pthread_getname_np",
            "pthread_setaffinity_np",
            "sched_setaffinity",
        ],
        why: THREAD,
        help: ARGUMENT,
    },
    Banned {
        rule: "thread-identity",
        module: "rayon_core",
        members: &["current_thread_index", "current_thread_has_pending_tasks"],
        why: "is about the thread of a pool, and a goroutine is on none",
        help: ARGUMENT,
    },
    Banned { rule: "thread-identity", module: "thread_id", members: &["get"], why: THREAD, help: ARGUMENT },
    Banned {
        rule: "thread-local",
        module: "thread_local::ThreadLocal",
        members: &["get", "get_or", "get_or_default", "get_or_try"],
        why: "keeps a value for each operating system thread, which many goroutines share",
        help: OWN,
    },
    Banned {
        rule: "task-local",
        module: "tokio::task::task_local::LocalKey",
        members: &["with", "try_with", "get", "try_get", "scope", "sync_scope"],
        why: "is state of an async task, and a goroutine is none",
        help: OWN,
    },
    Banned {
        rule: "task-local",
        module: "tokio::runtime::task::id",
        members: &["id", "try_id"],
        why: "is the identity of an async task, and a goroutine is none",
        help: ARGUMENT,
    },
];

/// Functions that call a closure while something that belongs to the thread is in force, and put back afterwards what was
/// there before: last in, first out. A goroutine that waits inside lets another one of the same thread come in between.
pub struct Scope {
    pub path: &'static str,
    pub what: &'static str,
}

pub const SCOPES: &[Scope] = &[
    Scope {
        path: "scoped_tls::ScopedKey::set",
        what: "puts the thread's earlier value back when the closure returns",
    },
    Scope {
        path: "scoped_tls::ScopedKey::with",
        what: "lends a value that another frame of the thread owns",
    },
    Scope { path: "pyo3::marker::Python::attach", what: "attaches the thread to the interpreter" },
    Scope { path: "pyo3::marker::Python::try_attach", what: "attaches the thread to the interpreter" },
    Scope { path: "pyo3::marker::Python::with_gil", what: "holds the interpreter's lock for this thread" },
    Scope {
        path: "objc::rc::autorelease::autoreleasepool",
        what: "pushes an autorelease pool on the thread's stack of them",
    },
    Scope {
        path: "objc::rc::autoreleasepool",
        what: "pushes an autorelease pool on the thread's stack of them",
    },
    Scope {
        path: "objc2::rc::autorelease::autoreleasepool",
        what: "pushes an autorelease pool on the thread's stack of them",
    },
    Scope {
        path: "objc2::rc::autorelease::autoreleasepool_leaking",
        what: "pushes an autorelease pool on the thread's stack of them",
    },
    Scope {
        path: "wasmtime::runtime::linker::Linker::func_wrap*",
        what: "runs the closure inside an activation of the thread",
    },
    Scope {
        path: "wasmtime::runtime::linker::Linker::func_new*",
        what: "runs the closure inside an activation of the thread",
    },
    Scope {
        path: "wasmtime::runtime::func::Func::wrap*",
        what: "runs the closure inside an activation of the thread",
    },
    Scope {
        path: "wasmtime::runtime::func::Func::new*",
        what: "runs the closure inside an activation of the thread",
    },
    Scope {
        path: "tracing::span::Span::in_scope",
        what: "makes the span the thread's current one (goxide::tracing::in_span has one for a goroutine)",
    },
    Scope {
        path: "tracing_core::dispatcher::with_default",
        what: "makes the subscriber the thread's current one",
    },
    Scope {
        path: "tracing::subscriber::with_default",
        what: "makes the subscriber the thread's current one",
    },
    Scope { path: "slog_scope::scope", what: "makes the logger the thread's current one" },
    Scope {
        path: "metrics::recorder::with_local_recorder",
        what: "makes the recorder the thread's current one",
    },
    Scope {
        path: "rayon_core::thread_pool::ThreadPool::in_place_scope*",
        what: "waits on this very thread for the pool",
    },
];

/// Functions whose value is a guard: until it is dropped, something that belongs to the thread is in force.
pub struct Guard {
    pub path: &'static str,
    /// The type that is dropped.
    pub guard: &'static str,
    pub what: &'static str,
}

pub const GUARDS: &[Guard] = &[
    Guard {
        path: "tracing::span::Span::enter",
        guard: "tracing::span::Entered",
        what: "makes the span the thread's current one (goxide::tracing::in_span has one for a goroutine)",
    },
    Guard {
        path: "tracing::span::Span::entered",
        guard: "tracing::span::EnteredSpan",
        what: "makes the span the thread's current one (goxide::tracing::in_span has one for a goroutine)",
    },
    Guard {
        path: "tracing_core::dispatcher::set_default",
        guard: "tracing_core::dispatcher::DefaultGuard",
        what: "makes the subscriber the thread's current one",
    },
    Guard {
        path: "tracing::subscriber::set_default",
        guard: "tracing_core::dispatcher::DefaultGuard",
        what: "makes the subscriber the thread's current one",
    },
    Guard {
        path: "tokio::runtime::handle::Handle::enter",
        guard: "tokio::runtime::handle::EnterGuard",
        what: "makes the runtime the thread's current one",
    },
    Guard {
        path: "tokio::runtime::runtime::Runtime::enter",
        guard: "tokio::runtime::handle::EnterGuard",
        what: "makes the runtime the thread's current one",
    },
    Guard {
        path: "opentelemetry::context::Context::attach",
        guard: "opentelemetry::context::ContextGuard",
        what: "makes the context the thread's current one",
    },
    Guard {
        path: "metrics::recorder::set_default_local_recorder",
        guard: "metrics::recorder::LocalRecorderGuard",
        what: "makes the recorder the thread's current one",
    },
    Guard {
        path: "sentry_core::hub_impl::SwitchGuard::new",
        guard: "sentry_core::hub_impl::SwitchGuard",
        what: "makes the hub the thread's current one",
    },
    Guard {
        path: "fastrace::span::Span::set_local_parent",
        guard: "fastrace::span::LocalParentGuard",
        what: "makes the span the thread's current one",
    },
    Guard {
        path: "fastrace::local::local_span::LocalSpan::enter_with_local_parent",
        guard: "fastrace::local::local_span::LocalSpan",
        what: "is on the thread's stack of spans",
    },
    Guard {
        path: "puffin::ProfilerScope::new",
        guard: "puffin::ProfilerScope",
        what: "is on the thread's stack of scopes",
    },
];

/// A type of lock, whose methods give guards.
pub struct Lock {
    pub ty: &'static str,
    /// Beginnings of the names of the methods.
    pub methods: &'static [&'static str],
    /// The types of the guards.
    pub guards: &'static [&'static str],
}

impl Lock {
    /// Whether `path` is a method that gives a guard.
    pub fn gives(&self, path: &str) -> bool {
        let method = path.strip_prefix(self.ty).and_then(|rest| rest.strip_prefix("::"));
        method.is_some_and(|method| self.methods.iter().any(|start| method.starts_with(start)))
    }
}

pub const LOCKS: &[Lock] = &[
    // a loop's item holds the lock of its part of the map, which the iterator keeps as well
    Lock {
        ty: "<dashmap::iter::Iter as core::iter::traits::iterator::Iterator>",
        methods: &["next"],
        guards: &["dashmap::mapref::multiple::RefMulti"],
    },
    Lock {
        ty: "<dashmap::iter::IterMut as core::iter::traits::iterator::Iterator>",
        methods: &["next"],
        guards: &["dashmap::mapref::multiple::RefMutMulti"],
    },
    Lock {
        ty: "std::sync::poison::mutex::Mutex",
        methods: &["lock", "try_lock"],
        guards: &["std::sync::poison::mutex::MutexGuard", "std::sync::poison::mutex::MappedMutexGuard"],
    },
    Lock {
        ty: "std::sync::poison::rwlock::RwLock",
        methods: &["read", "try_read", "write", "try_write"],
        guards: &[
            "std::sync::poison::rwlock::RwLockReadGuard",
            "std::sync::poison::rwlock::RwLockWriteGuard",
            "std::sync::poison::rwlock::MappedRwLockReadGuard",
            "std::sync::poison::rwlock::MappedRwLockWriteGuard",
        ],
    },
    Lock {
        ty: "lock_api::mutex::Mutex",
        methods: &["lock", "try_lock"],
        guards: &[
            "lock_api::mutex::MutexGuard",
            "lock_api::mutex::MappedMutexGuard",
            "lock_api::mutex::ArcMutexGuard",
        ],
    },
    Lock {
        ty: "lock_api::remutex::ReentrantMutex",
        methods: &["lock", "try_lock"],
        guards: &[
            "lock_api::remutex::ReentrantMutexGuard",
            "lock_api::remutex::MappedReentrantMutexGuard",
            "lock_api::remutex::ArcReentrantMutexGuard",
        ],
    },
    Lock {
        ty: "lock_api::rwlock::RwLock",
        methods: &["read", "try_read", "write", "try_write", "upgradable_read", "try_upgradable_read"],
        guards: &[
            "lock_api::rwlock::RwLockReadGuard",
            "lock_api::rwlock::RwLockWriteGuard",
            "lock_api::rwlock::RwLockUpgradableReadGuard",
            "lock_api::rwlock::MappedRwLockReadGuard",
            "lock_api::rwlock::MappedRwLockWriteGuard",
            "lock_api::rwlock::ArcRwLockReadGuard",
            "lock_api::rwlock::ArcRwLockWriteGuard",
            "lock_api::rwlock::ArcRwLockUpgradableReadGuard",
        ],
    },
    Lock { ty: "spin::mutex::Mutex", methods: &["lock", "try_lock"], guards: &["spin::mutex::MutexGuard"] },
    Lock {
        ty: "spin::rwlock::RwLock",
        methods: &["read", "try_read", "write", "try_write", "upgradeable_read", "try_upgradeable_read"],
        guards: &[
            "spin::rwlock::RwLockReadGuard",
            "spin::rwlock::RwLockWriteGuard",
            "spin::rwlock::RwLockUpgradableGuard",
        ],
    },
    Lock {
        ty: "scc::hash_table::bucket::Writer",
        methods: &["lock_sync", "try_lock"],
        guards: &["scc::hash_table::bucket::Writer"],
    },
    Lock {
        ty: "scc::hash_table::bucket::Reader",
        methods: &["lock_sync", "try_lock"],
        guards: &["scc::hash_table::bucket::Reader"],
    },
];

/// Functions that have a closure run on another thread: what it does there is not the goroutine's doing.
pub const ELSEWHERE: &[&str] = &[
    "std::thread::functions::spawn",
    "std::thread::spawn",
    "std::thread::builder::Builder::spawn*",
    "std::thread::Builder::spawn*",
    "std::thread::lifecycle::spawn_unchecked",
    "std::thread::spawnhook::*",
    "std::thread::scoped::Scope::spawn",
    "std::thread::scoped::<impl std::thread::Builder>::spawn_scoped",
    "std::thread::scoped::Builder::spawn_scoped",
    "crossbeam_utils::thread::ScopedThreadBuilder::spawn",
    "crossbeam_utils::thread::Scope::spawn",
    "goxide::bridge::blocking",
    "goxide::bridge::run",
    "goxide::sched::blocking::submit",
    "rayon_core::spawn::spawn",
    "rayon_core::spawn::spawn_fifo",
    "rayon_core::scope::scope",
    "rayon_core::scope::scope_fifo",
    "rayon_core::scope::Scope::spawn",
    "rayon_core::join::join",
    "rayon_core::join::join_context",
    "rayon_core::broadcast::broadcast",
    "rayon_core::registry::in_worker",
    "rayon_core::registry::Registry::in_worker*",
    "rayon_core::thread_pool::ThreadPool::install",
    "rayon_core::thread_pool::ThreadPool::spawn*",
    "rayon_core::thread_pool::ThreadPool::join",
    "rayon_core::thread_pool::ThreadPool::scope*",
    "tokio::runtime::blocking::pool::spawn_blocking",
    "tokio::runtime::blocking::pool::Spawner::spawn*",
    "tokio::runtime::runtime::Runtime::spawn*",
    "tokio::runtime::handle::Handle::spawn*",
    "tokio::task::spawn::spawn*",
    "tokio::task::blocking::spawn_blocking",
    "tokio::runtime::builder::Builder::build*",
    "threadpool::ThreadPool::execute",
];

/// Where the closure of a goroutine goes in: whatever is behind them runs on the goroutine, and its starter does not call it.
pub const STARTERS: &[&str] =
    &["goxide::task::job::Job::fill", "goxide::scope::Scope::spawn", "goxide::context::Context::after_func"];

/// Where goxide leaves a goroutine's stack. All ways of waiting end there.
pub const PARKS: &[&str] = &["goxide::task::Record::switch_away", "goxide::sched::suspend_thread"];

/// Not ways of waiting: what gives way by the clock or by chance leaves out code that must not be interrupted, and a
/// closure in here cannot wait.
pub const NEVER_PARK: &[&str] = &[
    "goxide::sched::slice::checkpoint",
    "goxide::sched::slice::loop_checkpoint",
    "goxide::sched::slice::polled_in_vain",
    "goxide::sched::slice::give_way_if",
    "goxide::no_park::no_park",
    // runs when a thread ends, and those of goroutines don't
    "std::sys::thread_local::native::lazy::destroy",
    "std::sys::thread_local::native::eager::destroy",
];

/// A crate that looks at its thread in a way from which no goroutine learns anything.
pub struct Harmless {
    pub krate: &'static str,
    /// For whoever reads this list.
    pub why: &'static str,
}

pub const HARMLESS: &[Harmless] = &[
    Harmless {
        krate: "once_cell",
        why: "parks only while another thread makes the value, as std's OnceLock does",
    },
    Harmless { krate: "lazy_static", why: "likewise" },
    Harmless { krate: "parking_lot_core", why: "a lock: held across a wait it is reported by its guard" },
    Harmless { krate: "saa", why: "likewise: those of scc" },
    Harmless { krate: "papaya", why: "parks only while another thread moves the same table" },
];

/// Crates that are the runtime itself.
pub const RUNTIME: &[&str] = &["goxide", "goxide_golib", "goxide_include", "goxide_macros"];

/// A call whose arguments keep it from doing what is reported.
pub struct NotTaken {
    pub from: &'static str,
    pub to: &'static str,
    /// It may be taken if the program calls this.
    pub unless: Option<&'static str>,
    /// For whoever reads this list.
    pub why: &'static str,
}

pub const NOT_TAKEN: &[NotTaken] = &[
    NotTaken {
        from: "flume::async::RecvFut::poll_inner",
        to: "flume::Shared::recv_sync",
        unless: None,
        why: "asks, and is told not to block",
    },
    NotTaken {
        from: "flume::Receiver::try_recv",
        to: "flume::Shared::recv_sync",
        unless: None,
        why: "likewise",
    },
    NotTaken {
        from: "flume::Sender::try_send",
        to: "flume::Shared::send_sync",
        unless: None,
        why: "likewise",
    },
    NotTaken {
        from: "tokio::runtime::runtime::Runtime::shutdown_background",
        to: "tokio::runtime::runtime::Runtime::shutdown_timeout",
        unless: None,
        why: "the time is zero",
    },
    NotTaken {
        from: "<tracing_appender::non_blocking::NonBlocking as std::io::Write>::write",
        to: "crossbeam_channel::channel::Sender::send",
        unless: Some("tracing_appender::non_blocking::NonBlockingBuilder::lossy"),
        why: "drops lines when its queue is full, if it is not told otherwise",
    },
];

/// A type of which a value exists only if this function of it is in the program, for the same generic arguments.
pub struct Made {
    pub ty: &'static str,
    pub by: &'static str,
}

/// Where a dependency chooses among types of its own by a value: those that the program never makes are not chosen.
pub const MADE: &[Made] = &[
    Made { ty: "crossbeam_channel::flavors::array::Channel", by: "with_capacity" },
    Made { ty: "crossbeam_channel::flavors::list::Channel", by: "new" },
    Made { ty: "crossbeam_channel::flavors::zero::Channel", by: "new" },
    Made { ty: "crossbeam_channel::flavors::at::Channel", by: "new_instant" },
    Made { ty: "crossbeam_channel::flavors::tick::Channel", by: "new" },
];

/// What the runtime is built of: how it uses them is its own affair.
pub const RUNTIME_PARTS: &[&str] = &[
    "addr2line",
    "corosensei",
    "crossbeam_deque",
    "crossbeam_epoch",
    "crossbeam_utils",
    "flume",
    "generator",
    "gimli",
    "mio",
    "rustc_demangle",
    "socket2",
];

/// Whether `path` is the listed one.
pub fn fits(listed: &str, path: &str) -> bool {
    match listed.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => path == listed,
    }
}

impl Banned {
    pub fn fits(&self, path: &str) -> bool {
        if self.module.is_empty() {
            return self.members.contains(&path);
        }
        let Some(rest) = path.strip_prefix(self.module) else { return false };
        let Some((between, member)) = rest.rsplit_once("::") else { return false };
        // `std::thread::current::current`, but not `std::thread::local::LocalKey::park`
        let is_module = between.split("::").all(|part| part.chars().all(|c| c.is_lowercase() || c == '_'));
        is_module && self.members.contains(&member)
    }
}
