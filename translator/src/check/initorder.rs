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
        // constants first, then what waits for fewest, then what is declared first
        let rank = |count: usize, i: usize| (!matches!(self.obj(nodes[i]).kind, ObjKind::Const(_)), count, i);
        let mut queue: BTreeSet<(bool, usize, usize)> =
            left.iter().enumerate().map(|(i, n)| rank(*n, i)).collect();
        let mut cycles = vec![];
        let mut emitted: FxHashSet<usize> = FxHashSet::default();
        let mut order = vec![];
        while let Some((_, count, node)) = queue.pop_first() {
            if count > 0 {
                let obj = nodes[node];
                cycles.extend(self.path_between(obj, obj, &group_of, &mut FxHashSet::default()));
            }
            for &other in &needed_by[node] {
                if queue.remove(&rank(left[other], other)) {
                    left[other] -= 1;
                    queue.insert(rank(left[other], other));
                }
            }
            if let Some(&group) = group_of.get(&nodes[node])
                && emitted.insert(group)
            {
                let g = &self.groups[group];
                order.push(Initializer { lhs: g.lhs.clone(), file: g.file, rhs: g.rhs });
            }
        }
        for cycle in cycles {
            self.init_cycle(&cycle);
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

    /// The objects on a way of references from `from` to `to`, the last one first.
    fn path_between(
        &self,
        from: ObjId,
        to: ObjId,
        group_of: &FxHashMap<ObjId, usize>,
        seen: &mut FxHashSet<ObjId>,
    ) -> Option<Vec<ObjId>> {
        if !seen.insert(from) {
            return None;
        }
        // variables that one call initialises share what it refers to
        let together = group_of.get(&from).map_or(vec![from], |group| self.groups[*group].lhs.clone());
        let mut deps: Vec<ObjId> =
            together.iter().filter_map(|o| self.deps.get(o)).flatten().copied().collect();
        deps.sort();
        for dep in deps {
            if dep == to {
                return Some(vec![dep]);
            }
            if let Some(mut path) = self.path_between(dep, to, group_of, seen) {
                path.push(dep);
                return Some(path);
            }
        }
        None
    }

    fn init_cycle(&mut self, cycle: &[ObjId]) {
        let (name, pos) = (self.obj(cycle[0]).name, self.obj(cycle[0]).pos);
        if let [_] = cycle {
            self.error(pos, format!("initialization cycle: {name} refers to itself"));
            return;
        }
        let mut lines = vec![];
        let mut at = cycle[0];
        for &next in cycle.iter().rev() {
            lines
                .push((self.obj(at).pos, format!("{} refers to {}", self.obj(at).name, self.obj(next).name)));
            at = next;
        }
        self.report(pos, format!("initialization cycle for {name}"), |d| {
            d.related = lines;
            d
        });
    }
}
