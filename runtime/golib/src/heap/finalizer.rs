//! Finalizers and cleanups: what runs after an object has become unreachable.
//!
//! Must hold, as in Go: an object with a finalizer is kept for one collection more, with all it points to, and its finalizer gets
//! it; so of two such objects of which one points to the other, the first goes first. What an object with a finalizer points to is kept
//! while the finalizer is set, but not the object itself. A cleanup gets no object, and the object goes at once.
//!
//! The table lies in malloc memory and holds addresses of objects inverted, so that they are found nowhere; the tasks it holds are
//! roots. While the world is stopped it changes without allocating: room for what becomes ready is made when an entry is.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

use super::mark::Marker;

/// Called with the task's word and the object's address (zero for cleanups).
pub(crate) type Runner = fn(task: usize, object: usize);

/// What is to run, and whether the object is passed.
struct Entry {
    task: usize,
    run: Runner,
    keeps: bool,
    id: u64,
}

/// What runs next.
#[derive(Clone, Copy)]
struct Ready {
    task: usize,
    run: Runner,
    object: usize,
}

/// See the module.
pub(super) struct Table {
    /// By the inverted address of the object's first byte.
    entries: HashMap<usize, Vec<Entry>>,
    ready: Vec<Ready>,
    count: usize,
    next: u64,
}

static TABLE: Mutex<Option<Table>> = Mutex::new(None);

/// The table, locked.
pub(super) struct Held(MutexGuard<'static, Option<Table>>);

/// Locks the table.
pub(super) fn table() -> Held {
    Held(TABLE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
}

impl Held {
    fn table(&mut self) -> &mut Table {
        self.0.get_or_insert_with(|| Table {
            entries: HashMap::with_hasher(crate::hash::keys()),
            ready: Vec::new(),
            count: 0,
            next: 1,
        })
    }

    /// Adds what the table keeps to the marker's work: tasks, and what objects with finalizers point to.
    pub(super) fn visit_roots(&mut self, marker: &mut Marker) {
        let Some(table) = self.0.as_mut() else { return };
        for (&inverted, entries) in &table.entries {
            for entry in entries {
                marker.mark(entry.task);
                if entry.keeps
                    && let Some((base, size)) = marker.unmarked(!inverted)
                {
                    marker.contents(base, size);
                }
            }
        }
        for ready in &table.ready {
            marker.mark(ready.task);
            marker.mark(ready.object);
        }
    }

    /// After marking: moves what belongs to objects that are not marked to what is ready, and marks those that are passed on.
    pub(super) fn find_unreachable(&mut self, marker: &mut Marker) {
        let Some(table) = self.0.as_mut() else { return };
        let Table { entries, ready, count, .. } = table;
        // Which are unreachable is settled before the first is kept.
        entries.retain(|&inverted, list| {
            if marker.unmarked(!inverted).is_none() {
                return true;
            }
            // While there is a finalizer, it alone runs: cleanups wait until the object really goes. What is emptied here is freed when
            // the world runs again.
            let before = list.len();
            let first = list.iter().any(|entry| entry.keeps);
            list.retain(|entry| {
                let runs = entry.keeps == first;
                if runs {
                    let object = if entry.keeps { !inverted } else { 0 };
                    ready.push(Ready { task: entry.task, run: entry.run, object });
                }
                !runs
            });
            *count -= before - list.len();
            true
        });
        ready.iter().for_each(|ready| marker.mark(ready.object));
        marker.run_alone();
    }

    /// Is something ready to run? Forgets objects that are gone.
    pub(super) fn is_ready(&mut self) -> bool {
        let Some(table) = self.0.as_mut() else { return false };
        table.entries.retain(|_, list| !list.is_empty());
        !table.ready.is_empty()
    }
}

/// Adds a task for the object that begins at `object`; its number. One finalizer (`keeps`) an object at most: none is added when there is one.
pub(super) fn add(object: usize, task: usize, run: Runner, keeps: bool) -> Option<u64> {
    let mut held = table();
    let table = held.table();
    let id = table.next;
    let list = table.entries.entry(!object).or_default();
    if keeps && list.iter().any(|entry| entry.keeps) {
        return None;
    }
    list.push(Entry { task, run, keeps, id });
    table.next += 1;
    table.count += 1;
    table.ready.reserve(table.count);
    Some(id)
}

/// Takes the finalizer of an object away.
pub(super) fn remove(object: usize) {
    remove_if(object, |entry| entry.keeps);
}

/// Takes one cleanup of an object away.
pub(super) fn remove_one(object: usize, id: u64) {
    remove_if(object, |entry| entry.id == id);
}

fn remove_if(object: usize, is_it: impl Fn(&Entry) -> bool) {
    let mut held = table();
    let table = held.table();
    if let Some(list) = table.entries.get_mut(&!object) {
        let before = list.len();
        list.retain(|entry| !is_it(entry));
        table.count -= before - list.len();
        if list.is_empty() {
            table.entries.remove(&!object);
        }
    }
}

/// Has a goroutine run what is ready, one after the other, unless one does.
pub(super) fn run() {
    static RUNNING: AtomicBool = AtomicBool::new(false);
    if RUNNING.swap(true, Ordering::SeqCst) {
        return;
    }
    goxide::go!(move || {
        loop {
            let next = {
                let mut held = table();
                let table = held.table();
                if table.ready.is_empty() {
                    RUNNING.store(false, Ordering::SeqCst);
                    return;
                }
                // The oldest first; the rest keep their order.
                table.ready.remove(0)
            };
            (next.run)(next.task, next.object);
        }
    });
}
