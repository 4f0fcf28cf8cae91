//! Guards that are alive where a goroutine may wait, inside one function.
//!
//! A guard is alive from the call that gives it, on the blocks that may follow, to where its type is dropped, or one that has it
//! inside. One that is handed on (returned, passed to a function, put where it outlives the function) is dropped elsewhere: then no drop of it
//! follows, and nothing is said here.
//! Panics are left out: their cleanup drops what may be there, and asks a flag.

use super::find::Offence;
use super::graph::{Edge, Graph, Node};
use super::makers::{Makers, Step, dropped, walk};
use super::name;
use rustc_hash::FxHashSet;

/// Adds what is wrong in the function `at`.
pub fn offences(
    graph: &Graph,
    makers: &Makers,
    at: usize,
    parks: &FxHashSet<usize>,
    found: &mut Vec<Offence>,
) {
    let node = &graph.nodes[at];
    for (i, maker) in node.edges.iter().enumerate().filter(|(_, edge)| edge.is_call && !edge.in_cleanup) {
        for kind in makers.given(maker.to) {
            let path = &graph.nodes[maker.to].path;
            let is_listed = makers.is_listed(maker.to);
            let is_tried = path.rsplit("::").next().is_some_and(|name| name.starts_with("try_"));
            let drops = |edge: &Edge| makers.drops(kind, edge);
            // that of an `Option` is no sign of a guard: a lock may have been tried in vain
            let proves = |edge: &Edge| match (is_listed, is_tried) {
                (true, true) => makers.drops_guard(kind, edge),
                (true, false) => makers.drops(kind, edge),
                (false, _) => makers.drops(kind, edge) && !is_perhaps(&graph.nodes[edge.to]),
            };
            if !node.edges.iter().any(proves) {
                continue;
            }
            let waits = |edge: &Edge| edge.is_call && parks.contains(&edge.to) && edge.to != maker.to;
            // what another one gives may be what is dropped: this one perhaps gave nothing
            let is_another =
                |edge: &Edge| !is_listed && edge.is_call && makers.given(edge.to).any(|given| given == kind);
            let ends = |edge: &Edge| drops(edge) || is_another(edge);
            if let Some(waits) = first_wait(node, i, ends, proves, waits) {
                let guarding = &makers.kinds[kind];
                found.push(Offence {
                    rule: guarding.rule,
                    message: format!(
                        "a goroutine may wait while the guard of `{}` is alive, {}",
                        name::shown(path),
                        guarding.what
                    ),
                    help: guarding.help.to_owned(),
                    edge: waits,
                    waits: true,
                });
            }
        }
    }
}

/// The first call that waits on the ways from the edge `made` on, up to those that end it, and that is followed by a drop: else the guard had
/// been handed on before.
fn first_wait(
    node: &Node,
    made: usize,
    ends: impl Fn(&Edge) -> bool,
    proves: impl Fn(&Edge) -> bool,
    waits: impl Fn(&Edge) -> bool,
) -> Option<Edge> {
    let mut found = None;
    walk(node, made, false, |i, edge| {
        if i == made || ends(edge) {
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
                    false if behind == made || ends(edge) => Step::Back,
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

/// Drops something that may be nothing.
fn is_perhaps(node: &Node) -> bool {
    let of = dropped(&node.full).map(name::path);
    of.is_some_and(|of| ["core::option::Option", "core::result::Result"].contains(&of.as_str()))
}
