//! Which functions give guards, and which types have guards in them.
//!
//! [`lists`] knows the functions that make guards. A function that calls one and may return before it drops what it got gives
//! a guard itself, alone or inside of another value: dashmap's `get`, somebody's `fn locked(&self) -> MutexGuard<..>`. Types are known
//! by their drops: that of a `Ref` leads to that of the guard in it.

use super::graph::{Edge, Graph, Kind, Node, Origin};
use super::lists::{self, fits};
use super::name;
use rustc_hash::{FxHashMap, FxHashSet};

/// A kind of guard.
pub struct Guarding {
    pub guards: &'static [&'static str],
    pub rule: &'static str,
    /// What that means for others.
    pub what: String,
    pub help: &'static str,
}

impl Guarding {
    /// All kinds; sets of them are bits in this order.
    fn all() -> Vec<Guarding> {
        let guards = lists::GUARDS.iter().map(|guard| Guarding {
            guards: std::slice::from_ref(&guard.guard),
            rule: "park-in-scope",
            what: format!("which {}: other goroutines of the thread run under it meanwhile", guard.what),
            help: "drop the guard before waiting",
        });
        let locks = lists::LOCKS.iter().map(|lock| Guarding {
            guards: lock.guards,
            rule: "lock-across-park",
            what: "and whoever wants that lock meanwhile stops its whole thread, perhaps the one that this goroutine must go on with".to_owned(),
            help: "drop the guard first, or use a lock of goxide::sync, for which only the goroutine waits",
        });
        guards.chain(locks).collect()
    }

    fn is_guard(&self, of: &str) -> bool {
        self.guards.contains(&name::path(of).as_str())
    }

    fn is_in(&self, of: &str) -> bool {
        self.guards.iter().any(|guard| of.contains(guard))
    }
}

/// A set of kinds.
type Kinds = u64;

const _: () = assert!(lists::GUARDS.len() + lists::LOCKS.len() <= Kinds::BITS as usize);

pub struct Makers {
    pub kinds: Vec<Guarding>,
    /// The kinds that a function gives, and whether it is a listed one.
    makers: FxHashMap<usize, (Kinds, bool)>,
    /// What goes where a drop is called: kinds of which it is a guard, and of which it has one in it.
    drops: FxHashMap<usize, (Kinds, Kinds)>,
}

impl Makers {
    pub fn new(graph: &Graph) -> Makers {
        let kinds = Guarding::all();
        let callers = graph.callers();
        let drops = drops(graph, &kinds, &callers);
        let mut makers = Makers { makers: listed(graph), kinds, drops };
        makers.derive(graph, &callers);
        makers
    }

    /// Adds the functions that hand on what the known ones give.
    fn derive(&mut self, graph: &Graph, callers: &[Vec<usize>]) {
        let mut queue: Vec<usize> = self.makers.keys().copied().collect();
        while let Some(maker) = queue.pop() {
            for &caller in &callers[maker] {
                let node = &graph.nodes[caller];
                let is_theirs = matches!(node.origin, Origin::Own | Origin::Dependency);
                if !is_theirs || node.kind != Kind::Function || node.path == super::find::DROP {
                    continue;
                }
                let (known, is_listed) = self.makers.get(&caller).copied().unwrap_or_default();
                let given = self.handed_on(node, maker);
                if !is_listed && given & !known != 0 {
                    self.makers.insert(caller, (known | given, false));
                    queue.push(caller);
                }
            }
        }
    }

    /// The kinds of guards from `maker` that are not dropped when `node` returns.
    fn handed_on(&self, node: &Node, maker: usize) -> Kinds {
        let given = self.makers[&maker].0;
        let mut handed_on = 0;
        let calls = |edge: &Edge| edge.is_call && !edge.in_cleanup && edge.to == maker;
        for (i, _) in node.edges.iter().enumerate().filter(|(_, edge)| calls(edge)) {
            for kind in (0..self.kinds.len()).filter(|kind| given & (1 << kind) != 0) {
                let returns = walk(node, i, false, |_, edge| match self.drops(kind, edge) {
                    true => Step::Back,
                    false => Step::On,
                });
                handed_on |= Kinds::from(returns) << kind;
            }
        }
        handed_on
    }

    /// The kinds of guards that calling `node` gives.
    pub fn given(&self, node: usize) -> impl Iterator<Item = usize> {
        let given = self.makers.get(&node).map_or(0, |(kinds, _)| *kinds);
        (0..self.kinds.len()).filter(move |kind| given & (1 << kind) != 0)
    }

    /// Whether it is in the list: what it gives is the guard itself, or an `Option` or `Result` of it.
    pub fn is_listed(&self, node: usize) -> bool {
        self.makers.get(&node).is_some_and(|(_, is_listed)| *is_listed)
    }

    /// Whether something goes here that has such a guard in it.
    pub fn drops(&self, kind: usize, edge: &Edge) -> bool {
        self.drops.get(&edge.to).is_some_and(|(_, inside)| inside & (1 << kind) != 0)
    }

    /// Whether the guard itself goes here.
    pub fn drops_guard(&self, kind: usize, edge: &Edge) -> bool {
        self.drops.get(&edge.to).is_some_and(|(guards, _)| guards & (1 << kind) != 0)
    }
}

fn listed(graph: &Graph) -> FxHashMap<usize, (Kinds, bool)> {
    let mut found = FxHashMap::default();
    for (i, node) in graph.nodes.iter().enumerate() {
        let guard = lists::GUARDS.iter().position(|guard| fits(guard.path, &node.path));
        let lock = || lists::LOCKS.iter().position(|lock| lock.gives(&node.path));
        if let Some(kind) = guard.or_else(|| lock().map(|lock| lists::GUARDS.len() + lock)) {
            found.insert(i, (1 << kind, true));
        }
    }
    found
}

/// For the functions that drop, what goes: by the name of its type, or because dropping it drops that.
fn drops(graph: &Graph, kinds: &[Guarding], callers: &[Vec<usize>]) -> FxHashMap<usize, (Kinds, Kinds)> {
    let mut found: FxHashMap<usize, (Kinds, Kinds)> = FxHashMap::default();
    let mut queue = Vec::new();
    for (i, node) in graph.nodes.iter().enumerate() {
        let Some(of) = dropped(&node.full) else { continue };
        let of_those = |is: &dyn Fn(&Guarding) -> bool| {
            kinds.iter().enumerate().fold(0, |set, (k, kind)| set | Kinds::from(is(kind)) << k)
        };
        let inside = of_those(&|kind| kind.is_in(of));
        if inside != 0 {
            found.insert(i, (of_those(&|kind| kind.is_guard(of)), inside));
            queue.push(i);
        }
    }
    while let Some(at) = queue.pop() {
        let inside = found[&at].1;
        for &caller in callers[at].iter().filter(|&&caller| is_glue(&graph.nodes[caller])) {
            let entry = found.entry(caller).or_default();
            if inside & !entry.1 != 0 {
                entry.1 |= inside;
                queue.push(caller);
            }
        }
    }
    found
}

/// What the compiler makes to drop the parts of a value, and what `alloc` does for its boxes; not what people's `Drop` does.
pub fn is_glue(node: &Node) -> bool {
    dropped(&node.full).is_some()
        || name::krate(&node.path) == "alloc"
            && (node.path.ends_with("::drop_slow") || node.path.ends_with(" as core::ops::drop::Drop>::drop"))
}

/// `T` of `core::ptr::drop_in_place::<T>` and `core::mem::drop::<T>`.
pub fn dropped(full: &str) -> Option<&str> {
    let starts = ["core::ptr::drop_in_place::<", "core::mem::drop::<"];
    let rest = starts.iter().find_map(|start| full.strip_prefix(start))?;
    rest.strip_suffix('>')
}

/// What [`walk`] does next.
#[derive(PartialEq)]
pub enum Step {
    On,
    /// Not further on this way.
    Back,
    End,
}

/// Visits the edges that may follow the one at `from`, which comes again if a loop leads back to it; whether a way ends where the function returns.
pub fn walk(node: &Node, from: usize, unwinds: bool, mut visit: impl FnMut(usize, &Edge) -> Step) -> bool {
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
