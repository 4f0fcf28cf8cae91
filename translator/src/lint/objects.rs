//! Trait objects that something else made and the goroutine calls.

use super::graph::{Edge, Graph, Origin, Virtual};
use super::name;
use rustc_hash::FxHashSet;

/// What was seen of them so far.
///
/// A call through a vtable leads to all methods in that slot, with so many arguments, of traits that are known to be
/// in use: because a `dyn Trait` stands in the name of some function that is reached (where it is dropped, at least), or because trait and caller are the user's own.
#[derive(Default)]
pub struct Objects {
    traits: FxHashSet<String>,
    calls: Vec<(usize, Virtual)>,
}

impl Objects {
    /// Takes note of what `at` calls and names.
    pub fn add(&mut self, graph: &Graph, at: usize, visit: &mut impl FnMut(usize, Edge)) {
        let node = &graph.nodes[at];
        let lead = |(from, call): (usize, Virtual), to: usize| {
            (
                from,
                Edge {
                    to,
                    is_call: true,
                    place: call.place.or(graph.nodes[from].place),
                    block: call.block,
                    in_cleanup: false,
                },
            )
        };
        for of in name::dyn_traits(&node.full) {
            if self.traits.contains(&of) {
                continue;
            }
            for &call in &self.calls {
                let methods =
                    graph.methods.get(&call.1.slot).into_iter().flatten().filter(|(known, _)| *known == of);
                methods.map(|(_, to)| lead(call, *to)).for_each(|(from, edge)| visit(from, edge));
            }
            self.traits.insert(of);
        }
        if !matches!(node.origin, Origin::Own | Origin::Dependency) {
            return;
        }
        for &call in &node.virtuals {
            for (of, to) in graph.methods.get(&call.slot).into_iter().flatten() {
                let are_own = node.origin == Origin::Own
                    && graph.nodes[*to].origin == Origin::Own
                    && !name::STD.contains(&name::krate(of));
                if are_own || self.traits.contains(of) {
                    let (from, edge) = lead((at, call), *to);
                    visit(from, edge);
                }
            }
            self.calls.push((at, call));
        }
    }
}
