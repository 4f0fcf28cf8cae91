//! Interned names.
//!
//! Every identifier and literal text is a [`Symbol`]: four bytes, compared and hashed as a number. The table is global
//! and grows for the life of the process, so that files can be lexed on several threads without passing it around.

use rustc_hash::FxHashMap;
use std::fmt;
use std::sync::{LazyLock, RwLock};

/// An interned string.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

#[derive(Default)]
struct Table {
    map: FxHashMap<&'static str, u32>,
    names: Vec<&'static str>,
}

static TABLE: LazyLock<RwLock<Table>> = LazyLock::new(RwLock::default);

impl Symbol {
    /// The symbol of `name`.
    pub fn intern(name: &str) -> Symbol {
        if let Some(&i) = TABLE.read().expect("symbol table").map.get(name) {
            return Symbol(i);
        }
        let mut table = TABLE.write().expect("symbol table");
        if let Some(&i) = table.map.get(name) {
            return Symbol(i);
        }
        let i = table.names.len() as u32;
        let name: &'static str = Box::leak(name.into());
        table.names.push(name);
        table.map.insert(name, i);
        Symbol(i)
    }

    /// A number that stands for it in this run.
    pub fn index(self) -> u32 {
        self.0
    }

    /// The name itself.
    pub fn as_str(self) -> &'static str {
        TABLE.read().expect("symbol table").names[self.0 as usize]
    }

    /// Is this the blank identifier `_`?
    pub fn is_blank(self) -> bool {
        self.as_str() == "_"
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.as_str())
    }
}
