//! Guards that are alive where a goroutine may wait, inside one function.
//!
//! A guard is alive from the call that makes it, on the blocks that may follow, to where its type is dropped. One that is
//! handed on (returned, passed to a function, put into a struct) is dropped elsewhere: then this function has no
//! drop of it, and nothing is said.

use super::find::Offence;
use super::graph::{Edge, Graph};
use super::lists::{self, fits};
use super::name;
use rustc_hash::FxHashSet;

/// Adds what is wrong in the function `at`.
pub fn offences(graph: &Graph, at: usize, parks: &FxHashSet<usize>, found: &mut Vec<Offence>) {
    let node = &graph.nodes[at];
    for (i, made) in node.edges.iter().enumerate().filter(|(_, edge)| edge.is_call) {
        let maker = &graph.nodes[made.to].path;
        let Some(listed) = lists::GUARDS.iter().find(|guard| fits(guard.path, maker)) else { continue };
        let drops = |edge: &Edge| is_drop(&graph.nodes[edge.to].full, listed.guard);
        if !node.edges.iter().any(drops) {
            continue;
        }
        if let Some(waits) =
            first_wait(node, i, drops, |edge| edge.is_call && parks.contains(&edge.to) && edge.to != made.to)
        {
            let what = listed.what;
            found.push(Offence {
                rule: listed.rule,
                message: format!("a goroutine may wait while the guard of `{maker}` is alive, which {what}"),
                help: match listed.rule {
                    "lock-across-park" => "drop the guard first, or use goxide::sync::Mutex".to_owned(),
                    _ => "drop the guard before waiting".to_owned(),
                },
                edge: waits,
                waits: true,
            });
        }
    }
}

/// The first call that waits on the ways from the edge `made` on, up to those that drop.
fn first_wait(
    node: &super::graph::Node,
    made: usize,
    drops: impl Fn(&Edge) -> bool,
    waits: impl Fn(&Edge) -> bool,
) -> Option<Edge> {
    let block = node.edges[made].block;
    let mut seen = FxHashSet::default();
    // the rest of its block, then those behind it, from their beginning
    let mut queue = vec![(block, made + 1)];
    while let Some((block, from)) = queue.pop() {
        let mut alive = true;
        for edge in node.edges[from..].iter().filter(|edge| edge.block == block) {
            if drops(edge) {
                alive = false;
                break;
            }
            if waits(edge) {
                return Some(*edge);
            }
        }
        if alive {
            let next = node.blocks.get(block as usize).into_iter().flatten();
            queue.extend(next.filter(|next| seen.insert(**next)).map(|next| (*next, 0)));
        }
    }
    None
}

/// `core::ptr::drop_in_place::<Guard<..>>` or `core::mem::drop::<Guard<..>>`, or of a type that holds it.
fn is_drop(full: &str, guard: &str) -> bool {
    ["core::ptr::drop_in_place::<", "core::mem::drop::<"].iter().any(|start| {
        full.strip_prefix(start)
            .is_some_and(|of| name::path(of.trim_end_matches('>')).starts_with(guard) || of.contains(guard))
    })
}
