//! Guards that are alive where a goroutine may wait, inside one function.
//!
//! A guard is alive from the call that makes it, on the blocks that may follow, to where its type is dropped. One that is
//! handed on (returned, passed to a function, put into a struct) is dropped elsewhere: then no drop of it follows, and nothing is said.
//! Panics are left out: their cleanup drops what may be there, and asks a flag.

use super::find::Offence;
use super::graph::{Edge, Graph, Node};
use super::lists::{self, fits};
use super::name;
use rustc_hash::FxHashSet;

/// A guard that some function gives.
struct Made<'l> {
    guards: &'l [&'l str],
    rule: &'static str,
    what: &'static str,
    help: &'static str,
}

/// What the function `maker` gives.
fn made(maker: &str) -> Option<Made<'static>> {
    if let Some(listed) = lists::GUARDS.iter().find(|guard| fits(guard.path, maker)) {
        return Some(Made {
            guards: std::slice::from_ref(&listed.guard),
            rule: "park-in-scope",
            what: listed.what,
            help: "drop the guard before waiting",
        });
    }
    let lock = lists::LOCKS.iter().find(|lock| lock.gives(maker))?;
    Some(Made {
        guards: lock.guards,
        rule: "lock-across-park",
        what: "holds a lock that blocks the whole thread of whoever wants it next",
        help: "drop the guard first, or use a lock of goxide::sync",
    })
}

/// Adds what is wrong in the function `at`.
pub fn offences(graph: &Graph, at: usize, parks: &FxHashSet<usize>, found: &mut Vec<Offence>) {
    let node = &graph.nodes[at];
    for (i, maker) in node.edges.iter().enumerate().filter(|(_, edge)| edge.is_call) {
        let path = &graph.nodes[maker.to].path;
        let Some(made) = made(path) else { continue };
        // that of an `Option` is no sign of a guard: a lock may have been tried in vain
        let is_tried = path.rsplit("::").next().is_some_and(|name| name.starts_with("try_"));
        let drops = |edge: &Edge| dropped(&graph.nodes[edge.to].full).is_some_and(|of| holds(of, &made));
        let proves = |edge: &Edge| {
            dropped(&graph.nodes[edge.to].full).is_some_and(|of| match is_tried {
                true => is_guard(of, &made),
                false => holds(of, &made),
            })
        };
        if !node.edges.iter().any(proves) {
            continue;
        }
        let waits = |edge: &Edge| edge.is_call && parks.contains(&edge.to) && edge.to != maker.to;
        if let Some(waits) = first_wait(node, i, drops, proves, waits) {
            found.push(Offence {
                rule: made.rule,
                message: format!(
                    "a goroutine may wait while the guard of `{path}` is alive, which {}",
                    made.what
                ),
                help: made.help.to_owned(),
                edge: waits,
                waits: true,
            });
        }
    }
}

/// The first call that waits on the ways from the edge `made` on, up to those that drop, and that is followed by a drop: else the guard had
/// been handed on before.
fn first_wait(
    node: &Node,
    made: usize,
    drops: impl Fn(&Edge) -> bool,
    proves: impl Fn(&Edge) -> bool,
    waits: impl Fn(&Edge) -> bool,
) -> Option<Edge> {
    let mut found = None;
    walk(node, made, false, |i, edge| {
        if i == made || drops(edge) {
            return Step::Back;
        }
        if !waits(edge) {
            return Step::On;
        }
        let leads_to_drop = |unwinds| {
            let mut is_alive = false;
            let returns = walk(node, i, unwinds, |behind, edge| {
                is_alive |= behind != made && proves(edge);
                match is_alive {
                    true => Step::End,
                    false if behind == made || drops(edge) => Step::Back,
                    false => Step::On,
                }
            });
            (is_alive, returns)
        };
        // where a loop never ends, only a panic drops
        let is_alive = match leads_to_drop(false) {
            (false, false) => leads_to_drop(true).0,
            (is_alive, _) => is_alive,
        };
        if is_alive {
            found = Some(*edge);
            return Step::End;
        }
        Step::On
    });
    found
}

/// What [`walk`] does next.
#[derive(PartialEq)]
enum Step {
    On,
    /// Not further on this way.
    Back,
    End,
}

/// Visits the edges that may follow the one at `from`, which comes again if a loop leads back to it; whether a way ends where the function returns.
fn walk(node: &Node, from: usize, unwinds: bool, mut visit: impl FnMut(usize, &Edge) -> Step) -> bool {
    let block = node.edges[from].block;
    let mut seen = FxHashSet::default();
    // the rest of its block, then those behind it, from their beginning
    let mut queue = vec![(block, from + 1)];
    let mut returns = false;
    while let Some((block, from)) = queue.pop() {
        let edges = node.edges.iter().enumerate().skip(from);
        let mut is_over = false;
        for (i, edge) in edges.filter(|(_, edge)| edge.block == block) {
            match visit(i, edge) {
                Step::On => {}
                Step::End => return returns,
                Step::Back => {
                    is_over = true;
                    break;
                }
            }
        }
        if !is_over && let Some(block) = node.blocks.get(block as usize) {
            returns |= block.returns;
            let next = block.next.iter().chain(block.unwinds.iter().filter(|_| unwinds));
            queue.extend(next.filter(|next| seen.insert(**next)).map(|next| (*next, 0)));
        }
    }
    returns
}

/// `T` of `core::ptr::drop_in_place::<T>` and `core::mem::drop::<T>`.
fn dropped(full: &str) -> Option<&str> {
    let starts = ["core::ptr::drop_in_place::<", "core::mem::drop::<"];
    let rest = starts.iter().find_map(|start| full.strip_prefix(start))?;
    rest.strip_suffix('>')
}

/// The guard itself.
fn is_guard(of: &str, made: &Made<'_>) -> bool {
    made.guards.contains(&name::path(of).as_str())
}

/// A type that has a guard in it.
fn holds(of: &str, made: &Made<'_>) -> bool {
    is_guard(of, made) || made.guards.iter().any(|guard| of.contains(guard))
}
