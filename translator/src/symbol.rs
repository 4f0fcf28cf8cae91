//! Interned names.
//!
//! Every identifier and literal text is a [`Symbol`]: four bytes, compared and hashed as a number. The table is global
//! and grows for the life of the process, so that files can be lexed on several threads without passing it around; each
//! thread has a copy of what it has met, so that neither interning nor reading a known name takes a lock.
//!
//! Always holds: the top bit says whether the name is exported, and [`Symbol::BLANK`] is `_`.

use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::fmt;
use std::sync::{LazyLock, Mutex};

/// An interned string.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

/// Set in the symbols of names that start with an upper-case letter.
const EXPORTED: u32 = 1 << 31;

#[derive(Default)]
struct Table {
    map: FxHashMap<&'static str, Symbol>,
    names: Vec<&'static str>,
}

impl Table {
    fn add(&mut self, name: &'static str) -> Symbol {
        let exported = name.chars().next().is_some_and(char::is_uppercase);
        let symbol = Symbol(self.names.len() as u32 | if exported { EXPORTED } else { 0 });
        self.names.push(name);
        self.map.insert(name, symbol);
        symbol
    }
}

static TABLE: LazyLock<Mutex<Table>> = LazyLock::new(|| {
    let mut table = Table::default();
    table.add("_");
    Mutex::new(table)
});

thread_local! {
    /// What this thread has met.
    static KNOWN: RefCell<Table> = RefCell::default();
}

impl Symbol {
    /// The blank identifier.
    pub const BLANK: Symbol = Symbol(0);

    /// The symbol of `name`.
    pub fn intern(name: &str) -> Symbol {
        KNOWN.with_borrow_mut(|known| {
            if let Some(&symbol) = known.map.get(name) {
                return symbol;
            }
            let mut table = TABLE.lock().expect("the table is only added to");
            let symbol = match table.map.get(name) {
                Some(&symbol) => symbol,
                None => table.add(Box::leak(name.into())),
            };
            known.map.insert(table.names[symbol.index() as usize], symbol);
            symbol
        })
    }

    /// A number that stands for it in this run.
    pub fn index(self) -> u32 {
        self.0 & !EXPORTED
    }

    /// The name itself.
    pub fn as_str(self) -> &'static str {
        let at = self.index() as usize;
        KNOWN.with_borrow_mut(|known| {
            if known.names.len() <= at {
                let table = TABLE.lock().expect("the table is only added to");
                known.names.extend_from_slice(&table.names[known.names.len()..]);
            }
            known.names[at]
        })
    }

    /// Is this the blank identifier `_`?
    pub fn is_blank(self) -> bool {
        self == Symbol::BLANK
    }

    /// Starts with an upper-case letter (Go specification, "Exported identifiers")?
    pub fn is_exported(self) -> bool {
        self.0 & EXPORTED != 0
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_equal_symbols_on_every_thread() {
        let names: Vec<String> = (0..500).map(|i| format!("name{i}")).collect();
        let here: Vec<Symbol> = names.iter().map(|n| Symbol::intern(n)).collect();
        let there = std::thread::spawn({
            let names = names.clone();
            move || names.iter().rev().map(|n| Symbol::intern(n)).collect::<Vec<_>>()
        });
        let there: Vec<Symbol> = there.join().expect("interning doesn't panic").into_iter().rev().collect();
        assert_eq!(here, there);
        assert!(here.iter().zip(&names).all(|(s, n)| s.as_str() == n));
    }

    #[test]
    fn blank_and_exported_names_are_known_by_their_numbers() {
        assert_eq!(Symbol::intern("_"), Symbol::BLANK);
        assert!(Symbol::intern("Ärger").is_exported() && !Symbol::intern("x").is_exported());
        assert!(!Symbol::intern("_X").is_exported() && !Symbol::intern("").is_exported());
    }
}
