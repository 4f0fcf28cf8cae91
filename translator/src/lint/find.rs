//! What goroutines reach, and where they may wait and must not.
//!
//! Roots are the functions that hand a closure to the runtime, one instance for each goroutine in the program. From there
//! the search goes breadth first, so the path in a report is a shortest one. An offence is an edge: from a function of the user's or of a
//! dependency to something listed. Not followed are closures that run on other threads, the insides of the runtime's own crates, and
//! functions that allow it (`#[goxide::allow_identity]`); those are searched in a second round, to tell what they allow.
//!
//! Whose thread-local it is decides: one that the user's own code declares is state that goroutines would share by accident,
//! and is reported. One of a dependency is its own affair (rand's generator, a cache) as long as nothing waits while it is borrowed or made.

use super::graph::{Edge, Graph, Kind, Origin, Spot};
use super::lists::{self, NotTaken, OWN, fits};
use super::makers::{Makers, dropped, is_glue};
use super::objects::Objects;
use super::{guard, name};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeSet, VecDeque};

/// One offence.
#[derive(Debug)]
pub struct Finding {
    pub rule: &'static str,
    pub message: String,
    pub help: String,
    /// Where the offence is, or where the user's own code leads to one in a dependency.
    pub place: Option<Spot>,
    /// The function that it stands in.
    pub function: String,
    /// What the goroutine runs, and where that begins.
    pub goroutine: (String, Option<Spot>),
    /// From the goroutine's first function to the offence.
    pub path: Vec<Hop>,
    /// By a function on the way, by which this is no mistake.
    pub allowed: Option<Allowed>,
}

/// A function on a path.
#[derive(Debug, Clone)]
pub struct Hop {
    pub function: String,
    /// Where it calls the next one, or where that is named.
    pub place: Option<Spot>,
    /// The next one is called here; else its address is taken.
    pub is_call: bool,
    pub origin: Origin,
}

/// A function with `#[goxide::allow_identity]`.
#[derive(Debug, Clone)]
pub struct Allowed {
    pub function: String,
    pub reason: String,
    pub place: Option<Spot>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Offences, those that are allowed at the end.
    pub all: Vec<Finding>,
    /// Functions that allow what nothing in them does.
    pub unused: Vec<Allowed>,
    /// How many goroutine bodies there are.
    pub goroutines: usize,
}

/// Looks at the whole program.
pub fn find(graph: &Graph) -> Findings {
    let search = Search::new(graph);
    let mut found = Findings { goroutines: search.goroutines(), ..Findings::default() };
    let mut seen = FxHashSet::default();
    let programs: BTreeSet<u32> = graph.nodes.iter().filter_map(|node| node.program).collect();
    let programs = if programs.is_empty() { vec![None] } else { programs.into_iter().map(Some).collect() };
    for past_allowed in [false, true] {
        for &program in &programs {
            let reached = search.reach(&search.roots, past_allowed, program);
            search.offences(&reached, &mut seen, &mut found.all);
        }
    }
    found.all.sort_by_key(|finding| {
        let place = finding.place.map(|spot| (&graph.files[spot.file as usize], spot.line, spot.column));
        (finding.allowed.is_some(), place, finding.rule)
    });
    let mut groups: FxHashMap<&str, (&Allowed, Vec<usize>)> = FxHashMap::default();
    for (&node, allowed) in &search.allowed {
        groups.entry(&allowed.function).or_insert((allowed, Vec::new())).1.push(node);
    }
    for (allowed, mut nodes) in groups.into_values() {
        // what it starts is looked at as well
        nodes.extend(search.roots.iter().filter(|&&root| {
            name::last_argument(&graph.nodes[root].full)
                .is_some_and(|body| is_inside(&name::path(body), &allowed.function))
        }));
        let mut inside = Vec::new();
        let program = nodes.iter().find_map(|&node| graph.nodes[node].program);
        search.offences(&search.reach(&nodes, true, program), &mut FxHashSet::default(), &mut inside);
        if inside.is_empty() {
            found.unused.push(allowed.clone());
        }
    }
    found.unused.sort_by(|a, b| a.function.cmp(&b.function));
    found.unused.dedup_by(|a, b| a.place == b.place);
    found
}

/// The node and edge that each reached node was first reached by; roots have none.
struct Reached {
    from: FxHashMap<usize, Option<(usize, Edge)>>,
    order: Vec<usize>,
}

/// Rule, line and message of what was reported.
type Seen = FxHashSet<(&'static str, Option<(u32, u32)>, String)>;

struct Search<'g> {
    graph: &'g Graph,
    roots: Vec<usize>,
    /// Not followed: what they are given runs elsewhere, or is a goroutine of its own.
    walls: FxHashSet<usize>,
    /// Methods of types that the program has no values of.
    unmade: FxHashSet<usize>,
    allowed: FxHashMap<usize, Allowed>,
    /// From these a goroutine may come to wait.
    parks: FxHashSet<usize>,
    /// Functions that give the address of a thread-local, and its name.
    accessors: FxHashMap<usize, String>,
    makers: Makers,
    not_taken: Vec<&'static NotTaken>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Graph) -> Search<'g> {
        let listed = |list: &[&str]| -> FxHashSet<usize> {
            let of = |(i, node): (usize, &super::graph::Node)| {
                list.iter().any(|listed| fits(listed, &node.path)).then_some(i)
            };
            graph.nodes.iter().enumerate().filter_map(of).collect()
        };
        let starters = listed(lists::STARTERS);
        let walls = &starters | &listed(lists::ELSEWHERE);
        let mut roots: Vec<usize> =
            starters.into_iter().filter(|&i| graph.nodes[i].kind == Kind::Function).collect();
        roots.sort_unstable();
        let mut search = Search {
            graph,
            roots,
            walls,
            unmade: unmade(graph),
            allowed: FxHashMap::default(),
            parks: FxHashSet::default(),
            accessors: accessors(graph),
            makers: Makers::new(graph),
            not_taken: not_taken(graph),
        };
        search.allowed = search.find_allowed();
        search.parks = search.may_park(listed(lists::PARKS), &listed(lists::NEVER_PARK));
        search
    }

    /// How many goroutines have somebody else's code in them than the runtime's.
    fn goroutines(&self) -> usize {
        let counts = |root: &&usize| {
            let Some(body) = name::last_argument(&self.graph.nodes[**root].full) else { return false };
            let path = name::path(body);
            // a starter that is built on another one counts once
            !lists::STARTERS.iter().any(|starter| is_inside(&path, starter))
                && name::crates(body)
                    .any(|krate| !lists::RUNTIME.contains(&krate) && !name::STD.contains(&krate))
        };
        self.roots.iter().filter(counts).count()
    }

    fn find_allowed(&self) -> FxHashMap<usize, Allowed> {
        let nodes = &self.graph.nodes;
        let mut allowed = FxHashMap::default();
        for (i, node) in nodes.iter().enumerate() {
            let Some(mark) = node.edges.iter().position(|edge| nodes[edge.to].path == MARK) else { continue };
            // the reason is the argument of the call, and stands behind its callee
            let argument = node.edges.get(mark + 1).filter(|next| next.place == node.edges[mark].place);
            let reason =
                argument.and_then(|edge| self.graph.texts.get(&edge.to)).cloned().unwrap_or_default();
            allowed.insert(i, Allowed { function: node.path.clone(), reason, place: node.place });
        }
        let closures: Vec<(usize, Allowed)> = nodes
            .iter()
            .enumerate()
            .filter(|(i, node)| !allowed.contains_key(i) && node.path.contains("::{"))
            .filter_map(|(i, node)| {
                let of = allowed.values().find(|allowed: &&Allowed| {
                    node.path
                        .strip_prefix(allowed.function.as_str())
                        .is_some_and(|rest| rest.starts_with("::{"))
                })?;
                Some((i, of.clone()))
            })
            .collect();
        allowed.extend(closures);
        allowed
    }

    /// Everything from which there is a way to one of `sinks`.
    fn may_park(&self, sinks: FxHashSet<usize>, never: &FxHashSet<usize>) -> FxHashSet<usize> {
        let callers = self.graph.callers();
        let mut queue: VecDeque<usize> = sinks.iter().copied().collect();
        let mut parks = sinks;
        while let Some(at) = queue.pop_front() {
            for &caller in &callers[at] {
                let is_wall =
                    self.walls.contains(&caller) && !is_waiting_starter(&self.graph.nodes[caller].path);
                if !is_wall && !never.contains(&caller) && parks.insert(caller) {
                    queue.push_back(caller);
                }
            }
        }
        parks
    }

    /// What `roots` reach in one program: another one's objects are none of its.
    fn reach(&self, roots: &[usize], past_allowed: bool, program: Option<u32>) -> Reached {
        let is_in = |node: usize| self.graph.nodes[node].program.is_none_or(|of| Some(of) == program);
        let mut reached = Reached { from: FxHashMap::default(), order: Vec::new() };
        let mut queue: VecDeque<usize> = roots.iter().copied().filter(|&root| is_in(root)).collect();
        reached.from.extend(queue.iter().map(|&root| (root, None)));
        let mut objects = Objects::default();
        while let Some(at) = queue.pop_front() {
            reached.order.push(at);
            if !past_allowed && self.allowed.contains_key(&at) {
                continue;
            }
            let node = &self.graph.nodes[at];
            let mut visit = |from: usize, edge: Edge| {
                if self.is_followed(from, edge.to) && is_in(edge.to) && !reached.from.contains_key(&edge.to) {
                    reached.from.insert(edge.to, Some((from, edge)));
                    queue.push_back(edge.to);
                }
            };
            node.ways().for_each(|edge| visit(at, *edge));
            objects.add(self.graph, at, &mut visit);
        }
        reached
    }

    fn is_followed(&self, from: usize, to: usize) -> bool {
        if self.walls.contains(&to) || self.unmade.contains(&to) {
            return false;
        }
        let (from, to) = (&self.graph.nodes[from], &self.graph.nodes[to]);
        if self.not_taken.iter().any(|of| fits(of.from, &from.path) && fits(of.to, &to.path)) {
            return false;
        }
        !(from.origin == Origin::Runtime
            && to.origin == Origin::Dependency
            && lists::RUNTIME_PARTS.contains(&name::krate(&to.path)))
    }

    /// Reports what reached functions do wrong. What a dependency does is answered where the user's own code leads to it: once for each such line and
    /// crate, by the gravest.
    fn offences(&self, reached: &Reached, seen: &mut Seen, found: &mut Vec<Finding>) {
        let mut others = Vec::new();
        for &at in &reached.order {
            let node = &self.graph.nodes[at];
            let is_theirs =
                matches!(node.origin, Origin::Own | Origin::Dependency) || is_call_by_name(&node.path);
            if !is_theirs || node.kind != Kind::Function {
                continue;
            }
            let mut offences = Vec::new();
            for edge in node.ways() {
                self.judge(at, edge, &mut offences);
            }
            guard::offences(self.graph, &self.makers, at, &self.parks, &mut offences);
            // a task-local is built on a thread-local that its macro declares
            let tasks: Vec<_> =
                offences.iter().filter(|of| of.rule == "task-local").map(|of| of.edge.place).collect();
            offences.retain(|of| of.rule != "thread-local" || !tasks.contains(&of.edge.place));
            let offences =
                offences.into_iter().map(|offence| Sighting { at, to_blame: at, way: Vec::new(), offence });
            match node.origin {
                Origin::Own => offences.for_each(|sighting| self.report(reached, sighting, seen, found)),
                _ => others.extend(offences),
            }
        }
        let mut blamed: Vec<(Drops, Sighting)> =
            self.blame(reached, others).into_iter().map(|of| (self.drops(&of), of)).collect();
        blamed.sort_by_key(|(drops, of)| (gravity(of.offence.rule), *drops, of.way.len()));
        // values go at many places: those are told of only if nothing plainer leads to the same
        let mut plainest: FxHashMap<(usize, usize), Drops> = FxHashMap::default();
        for (drops, sighting) in blamed {
            let offence = (sighting.at, sighting.offence.edge.to);
            if *plainest.entry(offence).or_insert(drops) >= drops {
                self.report(reached, sighting, seen, found);
            }
        }
    }

    /// Where a value goes on the way to an offence.
    fn drops(&self, of: &Sighting) -> Drops {
        let is_drop = |(_, edge): &(usize, Edge)| self.graph.nodes[edge.to].path == DROP;
        match of.way.iter().position(is_drop) {
            None => Drops::Nowhere,
            Some(0) => Drops::Here,
            Some(_) => Drops::Inside,
        }
    }

    fn report(&self, reached: &Reached, sighting: Sighting, seen: &mut Seen, found: &mut Vec<Finding>) {
        let Sighting { at, to_blame, way, offence } = sighting;
        // what a dependency makes of the thread it runs on is its own affair, unless the user's code asks it just for that
        let (function, own) = (&self.graph.nodes[at], &self.graph.nodes[to_blame]);
        let goes_on_in_dependency = || match function.origin {
            Origin::Std => way.iter().any(|(from, _)| self.graph.nodes[*from].origin == Origin::Dependency),
            _ => way.len() > 1,
        };
        if offence.rule == "thread-identity" && at != to_blame && goes_on_in_dependency() {
            return;
        }
        let place = way.first().map_or(offence.edge.place, |(_, edge)| edge.place).or(own.place);
        let line = place.map(|spot| (spot.file, spot.line));
        let is_own = at == to_blame;
        let what = match is_own {
            true => offence.message.clone(),
            false => self.called_crate(&way).unwrap_or(name::krate(&function.path)).to_owned(),
        };
        // what stands there itself says more than what is behind it
        let here = (kind(offence.rule), line, String::new());
        if !is_own && seen.contains(&here) || !seen.insert((kind(offence.rule), line, what)) {
            return;
        }
        if is_own {
            seen.insert(here);
        }
        let help = match way.first() {
            Some((_, called)) if function.origin == Origin::Dependency && stops_thread(offence.rule) => {
                instead_of(&self.graph.nodes[called.to].path).to_owned()
            }
            _ => offence.help,
        };
        let mut steps = self.way_from_root(reached, to_blame);
        steps.extend(way);
        steps.push((at, offence.edge));
        match offence.waits {
            true => steps.extend(self.way_to_park(offence.edge.to)),
            false => steps.push((offence.edge.to, Edge { place: None, ..offence.edge })),
        }
        found.push(Finding {
            rule: offence.rule,
            message: offence.message,
            help,
            place,
            function: function.path.clone(),
            goroutine: self.goroutine(reached, to_blame),
            path: self.hops(steps),
            allowed: self.allowed_on(reached, to_blame),
        });
    }

    /// The crate that the user's code calls at the beginning of a way, or whose value goes there.
    fn called_crate(&self, way: &[(usize, Edge)]) -> Option<&str> {
        let mut called = way.iter().map(|(_, edge)| &self.graph.nodes[edge.to]);
        let first = called.clone().next()?;
        match name::last_argument(&first.full) {
            Some(value) if first.path == DROP => Some(name::krate(value)),
            _ => called.find(|node| node.origin == Origin::Dependency).map(|node| name::krate(&node.path)),
        }
    }

    /// For what dependencies do, the edges by which the user's own functions lead to it; itself where there are none.
    fn blame(&self, reached: &Reached, offences: Vec<Sighting>) -> Vec<Sighting> {
        let mut callers: FxHashMap<usize, Vec<(usize, Edge)>> = FxHashMap::default();
        if !offences.is_empty() {
            // calls of trait objects are in the search only
            for (to, from) in &reached.from {
                callers.entry(*to).or_default().extend(from);
            }
            for &at in &reached.order {
                for edge in self.graph.nodes[at].ways() {
                    if reached.from.contains_key(&edge.to) && self.is_followed(at, edge.to) {
                        callers.entry(edge.to).or_default().push((at, *edge));
                    }
                }
            }
        }
        let mut blamed = Vec::new();
        for sighting in offences {
            // the next step from each function to the offence
            let mut next: FxHashMap<usize, Edge> = FxHashMap::default();
            let mut queue = VecDeque::from([sighting.at]);
            let mut sites = Vec::new();
            while let Some(at) = queue.pop_front() {
                // how it stops the thread that is told to: calling it is the offence
                if stops_thread(sighting.offence.rule) && is_banned(&self.graph.nodes[at].path) {
                    continue;
                }
                for &(caller, edge) in callers.get(&at).into_iter().flatten() {
                    if self.graph.nodes[caller].origin == Origin::Own {
                        sites.push((caller, edge));
                    } else if caller != sighting.at && !next.contains_key(&caller) {
                        next.insert(caller, edge);
                        queue.push_back(caller);
                    }
                }
            }
            for &(to_blame, edge) in &sites {
                let mut way = vec![(to_blame, edge)];
                let mut at = edge.to;
                while at != sighting.at {
                    let edge = next[&at];
                    way.push((at, edge));
                    at = edge.to;
                }
                blamed.push(Sighting { at: sighting.at, to_blame, way, offence: sighting.offence.clone() });
            }
            if sites.is_empty() && sighting.offence.rule != "thread-identity" {
                blamed.push(sighting);
            }
        }
        blamed
    }

    /// The goroutine on whose path `at` was reached: what its starter was instantiated with.
    fn goroutine(&self, reached: &Reached, at: usize) -> (String, Option<Spot>) {
        let (mut at, mut first) = (at, None);
        while let Some(Some((from, _))) = reached.from.get(&at) {
            if matches!(self.graph.nodes[at].origin, Origin::Own | Origin::Dependency) {
                first = Some(at);
            }
            at = *from;
        }
        let starter = &self.graph.nodes[at];
        let body = name::last_argument(&starter.full);
        let body = body.and_then(|body| self.graph.nodes.iter().find(|node| node.full == body));
        // what the runtime wraps around a function says nothing to its author
        let shown = match (body, first) {
            (Some(body), _) if body.origin != Origin::Runtime => body,
            (_, Some(first)) => &self.graph.nodes[first],
            (body, None) => body.unwrap_or(starter),
        };
        (shown.path.clone(), shown.place)
    }

    /// The function nearest to `at` on its path that allows it.
    fn allowed_on(&self, reached: &Reached, at: usize) -> Option<Allowed> {
        let mut at = at;
        loop {
            if let Some(allowed) = self.allowed.get(&at) {
                return Some(allowed.clone());
            }
            at = reached.from.get(&at)?.as_ref()?.0;
        }
    }

    fn judge(&self, at: usize, edge: &Edge, found: &mut Vec<Offence>) {
        let (node, to) = (&self.graph.nodes[at], &self.graph.nodes[edge.to]);
        if let Some(banned) = lists::BANNED.iter().find(|banned| banned.fits(&to.path)) {
            let krate = name::krate(&node.path);
            let is_harmless = node.origin == Origin::Dependency
                && lists::HARMLESS.iter().any(|harmless| harmless.krate == krate);
            // a crate may use its own, and a dependency's thread-locals are its own affair
            let is_theirs = banned.rule == "thread-local" && node.origin == Origin::Dependency;
            let is_inside = krate == name::krate(&to.path) && !is_call_by_name(&node.path);
            if !is_inside && !is_harmless && !is_theirs {
                found.push(Offence {
                    rule: banned.rule,
                    message: format!("a goroutine reaches `{}`, which {}", name::shown(&to.path), banned.why),
                    help: banned.help.to_owned(),
                    edge: *edge,
                    waits: false,
                });
            }
            return;
        }
        if to.kind == Kind::ThreadLocal && node.origin == Origin::Own && !self.accessors.contains_key(&at) {
            found.push(Offence {
                rule: "thread-local",
                message: format!("a goroutine uses the #[thread_local] `{}`, which is state of the operating system thread, and many goroutines share that", to.path),
                help: OWN.to_owned(),
                edge: *edge,
                waits: false,
            });
        }
        for accessor in self.named_accessors(edge.to) {
            let key = &self.accessors[&accessor];
            if self.parks.contains(&accessor) {
                found.push(Offence {
                    rule: "park-in-initialiser",
                    message: format!("a goroutine may wait inside the initialiser of the thread_local! `{key}`: another one of its thread can then make the value a second time and free what this one borrows"),
                    help: "make the value before, without waiting; goxide::no_park(|| ..) around what must not wait ends the program if it does".to_owned(),
                    edge: Edge { to: accessor, ..*edge },
                    waits: true,
                });
            } else if node.origin == Origin::Own || self.graph.nodes[accessor].origin == Origin::Own {
                found.push(Offence {
                    rule: "thread-local",
                    message: format!("a goroutine uses the thread_local! `{key}`, which is state of the operating system thread, and many goroutines share that"),
                    help: OWN.to_owned(),
                    edge: *edge,
                    waits: false,
                });
            }
        }
        if !edge.is_call || !self.parks.contains(&edge.to) {
            return;
        }
        let lends = ["with", "try_with", "with_borrow", "with_borrow_mut"];
        let scope = match to
            .path
            .strip_prefix("std::thread::local::LocalKey::")
            .is_some_and(|name| lends.contains(&name))
        {
            true => Some("lends state of the operating system thread"),
            false => lists::SCOPES.iter().find(|scope| fits(scope.path, &to.path)).map(|scope| scope.what),
        };
        if let Some(what) = scope {
            let name = name::shown(&to.path);
            found.push(Offence {
                rule: "park-in-scope",
                message: format!("a goroutine may wait inside the closure of `{name}`, which {what}: other goroutines of the thread run in between"),
                help: "wait before or after, or take a copy out of the closure and wait with that; goxide::no_park(|| ..) around what must not wait ends the program if it does".to_owned(),
                edge: *edge,
                waits: true,
            });
        }
    }

    /// The accessors of thread-locals that naming `node` leads to: through constants and the shims of closures.
    fn named_accessors(&self, node: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut queue = vec![node];
        let mut seen = FxHashSet::default();
        while let Some(at) = queue.pop() {
            if !seen.insert(at) || seen.len() > 64 {
                continue;
            }
            if self.accessors.contains_key(&at) {
                found.push(at);
                continue;
            }
            let node = &self.graph.nodes[at];
            let is_shim = node.kind == Kind::Function
                && node.path.ends_with("as core::ops::function::FnOnce>::call_once");
            if node.kind == Kind::Constant || is_shim {
                queue.extend(node.edges.iter().map(|edge| edge.to));
            }
        }
        found
    }

    fn way_from_root(&self, reached: &Reached, at: usize) -> Vec<(usize, Edge)> {
        let mut steps = Vec::new();
        let mut here = at;
        while let Some(Some((from, edge))) = reached.from.get(&here) {
            steps.push((*from, *edge));
            here = *from;
        }
        steps.reverse();
        steps
    }

    fn hops(&self, steps: Vec<(usize, Edge)>) -> Vec<Hop> {
        let mut hops = Vec::new();
        let mut drops = false;
        for (at, edge) in steps {
            let node = &self.graph.nodes[at];
            // the parts of a value go with it
            let drops_part = std::mem::replace(&mut drops, is_glue(node)) && drops;
            if node.kind == Kind::Constant || drops_part {
                continue;
            }
            let function = match dropped(&node.full) {
                Some(value) if value.len() < 80 => format!("the drop of {value}"),
                Some(value) => format!("the drop of {}", name::path(value)),
                None => node.path.clone(),
            };
            hops.push(Hop { function, place: edge.place, is_call: edge.is_call, origin: node.origin });
        }
        trimmed(hops)
    }

    /// A shortest way from `start` to a place where it waits.
    fn way_to_park(&self, start: usize) -> Vec<(usize, Edge)> {
        let mut from: FxHashMap<usize, (usize, Edge)> = FxHashMap::default();
        let mut queue = VecDeque::from([start]);
        let mut end = start;
        while let Some(at) = queue.pop_front() {
            let node = &self.graph.nodes[at];
            if lists::PARKS.iter().any(|park| fits(park, &node.path)) {
                end = at;
                break;
            }
            for edge in node.ways() {
                if self.parks.contains(&edge.to) && edge.to != start && !from.contains_key(&edge.to) {
                    from.insert(edge.to, (at, *edge));
                    queue.push_back(edge.to);
                }
            }
        }
        let mut steps =
            vec![(end, Edge { to: end, is_call: false, place: None, block: 0, in_cleanup: false })];
        while let Some((at, edge)) = from.get(&end) {
            steps.push((*at, *edge));
            end = *at;
        }
        steps.reverse();
        steps
    }
}

/// Whether a value must go for an offence to come about, from the surest to what may never be: a value that is shared goes with its
/// last handle only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Drops {
    Nowhere,
    /// One of the user's own.
    Here,
    /// Inside of what the user calls.
    Inside,
}

/// An offence on its way into a report.
struct Sighting {
    /// The function that it stands in.
    at: usize,
    /// The function of the user's that leads to it, and the way from there to `at`.
    to_blame: usize,
    way: Vec<(usize, Edge)>,
    offence: Offence,
}

/// What `judge` says about an edge.
#[derive(Clone)]
pub struct Offence {
    pub rule: &'static str,
    pub message: String,
    pub help: String,
    pub edge: Edge,
    /// The path goes on to where it waits.
    pub waits: bool,
}

/// Rules of which one report a line is enough.
fn kind(rule: &'static str) -> &'static str {
    match rule {
        "thread-identity" => "thread",
        _ if stops_thread(rule) => "thread",
        _ => rule,
    }
}

fn stops_thread(rule: &str) -> bool {
    matches!(rule, "thread-park" | "thread-block" | "thread-sleep")
}

/// What to write where the user calls `path`, and a dependency stops the thread.
fn instead_of(path: &str) -> &'static str {
    match path.rsplit("::").next() {
        _ if path == DROP => "give it away where it may block: goxide::blocking(move || drop(value))",
        Some("block_on") => "use goxide::block_on: only the goroutine waits for the future",
        _ => {
            "call it in goxide::blocking(|| ..): a thread of a pool may block, and only the goroutine waits for it"
        }
    }
}

/// What the compiler makes for a function that is given by its name, `map(thread::current)`, and that `std` calls.
fn is_call_by_name(path: &str) -> bool {
    name::implemented(path).is_some_and(|(_, of)| of.starts_with("core::ops::function::Fn"))
}

fn is_banned(path: &str) -> bool {
    lists::BANNED.iter().any(|banned| banned.fits(path))
}

fn gravity(rule: &str) -> usize {
    let gravest = [
        "park-in-initialiser",
        "park-in-scope",
        "lock-across-park",
        "thread-park",
        "thread-block",
        "thread-sleep",
    ];
    gravest.iter().position(|of| *of == rule).unwrap_or(gravest.len())
}

/// What the expansion of `#[goxide::allow_identity]` calls.
const MARK: &str = "goxide::__private::identity_allowed";

/// What the compiler calls where a value goes.
pub const DROP: &str = "core::ptr::drop_in_place";

/// Whether `path` is a closure in `function`.
fn is_inside(path: &str, function: &str) -> bool {
    path.strip_prefix(function).is_some_and(|rest| rest.starts_with("::{"))
}

/// They may wait themselves before they start anything.
fn is_waiting_starter(path: &str) -> bool {
    path == "goxide::bridge::blocking"
}

/// The functions that `thread_local!` makes to reach the variable: closures inside of the constant that has the key's name.
fn accessors(graph: &Graph) -> FxHashMap<usize, String> {
    let mut found = FxHashMap::default();
    for (i, node) in graph.nodes.iter().enumerate() {
        if node.kind != Kind::Function {
            continue;
        }
        for edge in &node.edges {
            let to = &graph.nodes[edge.to];
            let is_inside =
                to.path.strip_prefix(node.path.as_str()).is_some_and(|rest| rest.starts_with("::"));
            if to.kind == Kind::ThreadLocal && is_inside && node.path.ends_with('}') {
                found.insert(i, key_of(&node.path).to_owned());
            }
        }
    }
    found
}

/// The variable that an accessor belongs to: for one that a macro has put inside of another one's value, that.
fn key_of(accessor: &str) -> &str {
    let key = accessor.split("::{").next().unwrap_or(accessor);
    let is_variable = |part: &str| part.contains(char::is_uppercase) && !part.contains(char::is_lowercase);
    let mut end = 0;
    for part in key.split("::") {
        end += part.len();
        if is_variable(part) {
            return &key[..end];
        }
        end += 2;
    }
    key
}

/// The calls that are not taken in this program.
fn not_taken(graph: &Graph) -> Vec<&'static NotTaken> {
    let is_called =
        |path: &str| graph.nodes.iter().any(|node| node.ways().any(|edge| graph.nodes[edge.to].path == path));
    lists::NOT_TAKEN.iter().filter(|of| !of.unless.is_some_and(is_called)).collect()
}

/// Without the runtime's hops at the beginning and behind the first at the end, and without `std`'s plumbing in between, if
/// anything is left.
fn trimmed(hops: Vec<Hop>) -> Vec<Hop> {
    let is_plumbing = |hop: &Hop| matches!(hop.origin, Origin::Std | Origin::Runtime);
    let Some(first) = hops.iter().position(|hop| !is_plumbing(hop)) else { return hops };
    let last = hops.iter().rposition(|hop| !is_plumbing(hop)).unwrap_or(first);
    // the first of the runtime's functions tells what is waited for; else the offence stands at the end
    let next = hops[last + 1..].iter().position(|hop| hop.origin == Origin::Runtime);
    let next = next.unwrap_or(hops.len().saturating_sub(last + 2));
    let ends = hops.get(last + 1 + next).into_iter();
    let end = last + 1;
    let kept = hops[first..end].iter().chain(ends).enumerate();
    let kept = kept.filter(|(i, hop)| {
        let is_last = first + i == end;
        is_last || !is_plumbing(hop) || !hop.function.contains("core::ops::function::Fn")
    });
    kept.map(|(_, hop)| hop.clone()).collect()
}

/// The methods of listed types that are never made.
fn unmade(graph: &Graph) -> FxHashSet<usize> {
    let of_type = |node: &super::graph::Node| {
        let (ty, method) = node.path.rsplit_once("::")?;
        let made = lists::MADE.iter().find(|made| made.ty == ty)?;
        Some((name::of_method(&node.full)?.to_owned(), method == made.by))
    };
    let nodes = || graph.nodes.iter().enumerate().filter_map(|(i, node)| Some((i, of_type(node)?)));
    let made: FxHashSet<String> = nodes().filter(|(_, (_, makes))| *makes).map(|(_, (ty, _))| ty).collect();
    nodes().filter(|(_, (ty, _))| !made.contains(ty)).map(|(i, _)| i).collect()
}
