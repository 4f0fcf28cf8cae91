//! The order in which package variables are initialised (Go specification, "Package initialization").
//!
//! As Go's compiler does it: of all constants and variables the one with the fewest uninitialised things it refers to (also
//! through functions) comes next, and of several the one declared first. Variables without a value count, too, which shows in
//! the order of side effects.

use super::Checker;
use crate::typed::{Initializer, ObjId, ObjKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

impl Checker<'_> {
    pub(super) fn init_order(&mut self) -> Vec<Initializer> {
        let nodes: Vec<ObjId> = self
            .decl_order
            .iter()
            .copied()
            .filter(|o| matches!(self.obj(*o).kind, ObjKind::Const(_) | ObjKind::Var { .. }))
            .collect();
        let number: FxHashMap<ObjId, usize> = nodes.iter().enumerate().map(|(i, o)| (*o, i)).collect();
        let group_of: FxHashMap<ObjId, usize> =
            self.groups.iter().enumerate().flat_map(|(i, g)| g.lhs.iter().map(move |o| (*o, i))).collect();
        let waits: Vec<FxHashSet<usize>> =
            nodes.iter().map(|o| self.waits_for(*o, &group_of, &number)).collect();
        let mut left: Vec<usize> = waits.iter().map(FxHashSet::len).collect();
        let mut needed_by: Vec<Vec<usize>> = vec![vec![]; nodes.len()];
        for (i, on) in waits.iter().enumerate() {
            on.iter().for_each(|&dep| needed_by[dep].push(i));
        }
        let mut queue: BTreeSet<(usize, usize)> = left.iter().enumerate().map(|(i, n)| (*n, i)).collect();
        let mut emitted: FxHashSet<usize> = FxHashSet::default();
        let mut order = vec![];
        while let Some((count, node)) = queue.pop_first() {
            if count > 0 {
                self.init_cycle(node, &nodes, &waits);
                return vec![];
            }
            for &other in &needed_by[node] {
                if queue.remove(&(left[other], other)) {
                    left[other] -= 1;
                    queue.insert((left[other], other));
                }
            }
            if let Some(&group) = group_of.get(&nodes[node])
                && emitted.insert(group)
            {
                let g = &self.groups[group];
                order.push(Initializer { lhs: g.lhs.clone(), file: g.file, rhs: g.rhs });
            }
        }
        order
    }

    /// The constants and variables that an initialiser refers to, itself or through functions.
    fn waits_for(
        &self,
        obj: ObjId,
        group_of: &FxHashMap<ObjId, usize>,
        number: &FxHashMap<ObjId, usize>,
    ) -> FxHashSet<usize> {
        let mut on = FxHashSet::default();
        let mut seen = FxHashSet::default();
        // variables that one call initialises share what it refers to
        let mut todo = match group_of.get(&obj) {
            Some(&group) => self.groups[group].lhs.clone(),
            None => vec![obj],
        };
        while let Some(at) = todo.pop() {
            for &dep in self.deps.get(&at).into_iter().flatten() {
                if seen.insert(dep) {
                    match number.get(&dep) {
                        Some(&n) => {
                            on.insert(n);
                        }
                        None => todo.push(dep),
                    }
                }
            }
        }
        on
    }

    fn init_cycle(&mut self, node: usize, nodes: &[ObjId], waits: &[FxHashSet<usize>]) {
        let on_cycle = |start: usize| {
            let mut seen = FxHashSet::default();
            let mut todo: Vec<usize> = waits[start].iter().copied().collect();
            while let Some(at) = todo.pop() {
                if at == start {
                    return true;
                }
                if seen.insert(at) {
                    todo.extend(waits[at].iter().copied());
                }
            }
            false
        };
        let Some(first) = (node..nodes.len()).chain(0..node).find(|&i| on_cycle(i)) else { return };
        let obj = nodes[first];
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
            related
                .push((self.obj(at).pos, format!("{} refers to {}", self.obj(at).name, self.obj(next).name)));
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
