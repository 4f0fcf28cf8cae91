//! What looks like it and is none.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

static CONFIG: LazyLock<HashMap<String, u32>> = LazyLock::new(HashMap::new);
static ONCE: OnceLock<u32> = OnceLock::new();

mod thread {
    pub fn current() -> u32 {
        7
    }
}

fn uses_the_library() -> u32 {
    let mut map = HashMap::new();
    map.insert("key", rand::random::<u32>());
    println!("{map:?} {}", CONFIG.len());
    let caught = std::panic::catch_unwind(|| assert!(map.len() < 10));
    let shared = Arc::new(Mutex::new(0));
    *shared.lock().unwrap() += *ONCE.get_or_init(|| 1);
    u32::from(caught.is_ok()) + thread::current()
}

fn on_another_thread() -> bool {
    let helper = std::thread::spawn(|| std::thread::current().name().is_none());
    goxide::blocking(|| helper.join().is_ok()) && goxide::blocking(|| std::thread::current().name().is_some())
}

fn traced() {
    let span = tracing::info_span!("traced");
    span.in_scope(|| 1);
    drop(span.enter());
    goxide::yield_now();
}

fn waits() -> Option<u32> {
    let (to, from) = goxide::channel::<u32>(1);
    to.send(1).ok()?;
    goxide::time::sleep(std::time::Duration::from_millis(1));
    goxide::select! {
        n = <-from => n,
        default => None
    }
}

/// Its futures ask in the way that also blocks, and are told not to.
fn bridged() -> Option<u32> {
    let (to, from) = goxide::bridge::flume::bounded(1);
    goxide::bridge::send(&to, 1).ok()?;
    goxide::bridge::recv(&from)?;
    to.try_send(from.try_recv().ok()?).ok()?;
    goxide::block_on(async { from.recv_async().await.ok() })
}

fn main() {
    goxide::go! {
        bridged();
        uses_the_library();
        on_another_thread();
        traced();
        waits();
    }
    // no goroutine
    thread_local!(static HERE: RefCell<u32> = const { RefCell::new(1) });
    HERE.with_borrow_mut(|here| *here += 1);
    println!("{:?}", std::thread::current());
}
