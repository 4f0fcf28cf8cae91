//! Guards that a function hands on, alone or inside of another value.

use dashmap::DashMap;
use goxide::Chan;
use std::sync::{Mutex, MutexGuard};

struct Stock {
    all: Mutex<Vec<u32>>,
    by_name: DashMap<String, u32>,
}

/// What is in stock, locked.
struct Item<'s> {
    all: MutexGuard<'s, Vec<u32>>,
    at: usize,
}

impl Stock {
    fn locked(&self) -> MutexGuard<'_, Vec<u32>> {
        self.all.lock().unwrap()
    }

    fn find(&self, n: u32) -> Option<Item<'_>> {
        let all = self.locked();
        let at = all.iter().position(|of| *of == n)?;
        Some(Item { all, at })
    }

    /// Gives nothing that is locked.
    fn add(&self, n: u32) -> bool {
        self.all.try_lock().is_ok_and(|mut all| {
            all.push(n);
            true
        })
    }
}

fn alone(stock: &Stock, to: &Chan<u32>) {
    let all = stock.locked();
    to.send(all[0]); //~ lock-across-park
}

fn inside(stock: &Stock, to: &Chan<u32>) {
    if let Some(item) = stock.find(1) {
        to.send(item.all[item.at]); //~ lock-across-park
    }
    to.send(1);
}

fn found_before(stock: &Stock, to: &Chan<u32>) {
    let at = stock.find(1).map(|item| item.at);
    to.send(at.map_or(0, |at| at as u32));
    stock.add(1);
    to.send(2);
    drop(stock.locked());
}

fn of_a_map(stock: &Stock, to: &Chan<u32>) {
    if let Some(n) = stock.by_name.get("one") {
        to.send(*n); //~ lock-across-park
    }
    let n = stock.by_name.get("two").map(|n| *n);
    to.send(n.unwrap_or_default());
    *stock.by_name.entry("three".to_owned()).or_insert_with(|| 3) += 1;
    to.send(3);
    let mut four = stock.by_name.entry("four".to_owned()).or_insert(4);
    to.send(*four); //~ lock-across-park
    *four += 1;
}

fn each_of_a_map(stock: &Stock, to: &Chan<u32>) {
    for pair in stock.by_name.iter() {
        to.send(*pair.value()); //~ lock-across-park
    }
    to.send(5);
}

fn main() {
    let stock = Stock { all: Mutex::default(), by_name: DashMap::new() };
    let numbers = goxide::chan(9);
    goxide::go! {
        alone(&stock, &numbers);
        inside(&stock, &numbers);
        found_before(&stock, &numbers);
        of_a_map(&stock, &numbers);
        each_of_a_map(&stock, &numbers);
    }
}
