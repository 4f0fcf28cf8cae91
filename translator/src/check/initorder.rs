//! The order in which package variables are initialised (Go specification, "Package initialization").
//!
//! A variable is ready when everything it refers to, also through functions, is initialised; of those ready the one
//! declared first comes next.

use super::Checker;
use crate::typed::{Initializer, ObjId, ObjKind};
use rustc_hash::{FxHashMap, FxHashSet};

impl Checker<'_> {
    pub(super) fn init_order(&mut self) -> Vec<Initializer> {
        let group_of: FxHashMap<ObjId, usize> =
            self.groups.iter().enumerate().flat_map(|(i, g)| g.lhs.iter().map(move |o| (*o, i))).collect();
        let mut waits: Vec<FxHashSet<usize>> = vec![];
        for group in &self.groups {
            let mut on = FxHashSet::default();
            let mut seen = FxHashSet::default();
            let mut todo: Vec<ObjId> = group.lhs.clone();
            while let Some(obj) = todo.pop() {
                for &dep in self.deps.get(&obj).into_iter().flatten() {
                    if !seen.insert(dep) {
                        continue;
                    }
                    match group_of.get(&dep) {
                        // what that variable refers to is its own business
                        Some(&other) => {
                            on.insert(other);
                        }
                        None => todo.push(dep),
                    }
                }
            }
            waits.push(on);
        }
        let mut done = vec![false; self.groups.len()];
        let mut order = vec![];
        while order.len() < done.len() {
            let ready = (0..done.len()).find(|&i| !done[i] && waits[i].iter().all(|&on| done[on]));
            let Some(next) = ready else {
                self.init_cycle(&waits, &done);
                return vec![];
            };
            done[next] = true;
            order.push(next);
        }
        let groups = &self.groups;
        order.into_iter().map(|i| Initializer { lhs: groups[i].lhs.clone(), file: groups[i].file, rhs: groups[i].rhs }).collect()
    }

    fn init_cycle(&mut self, waits: &[FxHashSet<usize>], done: &[bool]) {
        let on_cycle = |start: usize| {
            let mut seen = FxHashSet::default();
            let mut todo: Vec<usize> = waits[start].iter().copied().collect();
            while let Some(at) = todo.pop() {
                if at == start {
                    return true;
                }
                if !done[at] && seen.insert(at) {
                    todo.extend(waits[at].iter().copied());
                }
            }
            false
        };
        let Some(first) = (0..done.len()).find(|&i| !done[i] && on_cycle(i)) else { return };
        let obj = self.groups[first].lhs[0];
        let (name, pos) = (self.obj(obj).name, self.obj(obj).pos);
        if self.diags.sorted().iter().any(|d| d.pos == pos && d.text.starts_with("initialization cycle")) {
            return;
        }
        let mut related = vec![];
        let mut at = obj;
        let mut seen = FxHashSet::default();
        while seen.insert(at) {
            let mut deps: Vec<ObjId> = self.deps.get(&at).into_iter().flatten().copied().collect();
            deps.sort();
            let Some(&next) = deps.iter().find(|d| self.leads_to(**d, obj)) else { break };
            related.push((self.obj(at).pos, format!("{} refers to {}", self.obj(at).name, self.obj(next).name)));
            at = next;
        }
        let text = match related.len() {
            1 => format!("initialization cycle: {name} refers to itself"),
            _ => format!("initialization cycle for {name}"),
        };
        self.diags.error(pos, text).related = related;
    }

    fn leads_to(&self, from: ObjId, to: ObjId) -> bool {
        let mut seen = FxHashSet::default();
        let mut todo = vec![from];
        while let Some(at) = todo.pop() {
            if at == to {
                return true;
            }
            if seen.insert(at) && !matches!(self.obj(at).kind, ObjKind::Const(_)) {
                todo.extend(self.deps.get(&at).into_iter().flatten().copied());
            }
        }
        false
    }
}
