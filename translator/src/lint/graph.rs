//! The call graph of a whole program: the functions and constants of all modules, joined by name.
//!
//! An edge is a name in a body: a call, or an address that is taken. Taking a function's address counts as calling it,
//! and so does naming a constant that holds one, a vtable for example: who makes an object or passes a function on is taken for the one
//! who calls it. That finds what a closure or trait object does wherever it was made on a goroutine's path, and
//! blames the place that chose it. Matching indirect calls to functions by their type was rejected: at this level all pointers are
//! `ptr`, and `fn(&T)` would fit half of the program.
//! Trait objects that were made elsewhere, `find` sees by their calls: a call through a vtable says which slot and how many arguments.

use super::ir::{Block, Module};
use super::{Package, lists, name};
use rustc_hash::FxHashMap;

/// Whose code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Std,
    /// goxide itself.
    Runtime,
    /// A package of the user's own.
    Own,
    Dependency,
}

#[derive(Debug)]
pub struct Node {
    /// Readable, with generic arguments; the symbol itself for what isn't Rust's.
    pub full: String,
    pub path: String,
    pub origin: Origin,
    pub kind: Kind,
    /// As [`Module::program`].
    pub program: Option<u32>,
    pub place: Option<Spot>,
    pub edges: Vec<Edge>,
    /// Calls of methods of trait objects, whose `to` is not known yet.
    pub virtuals: Vec<Virtual>,
    pub arity: u32,
    pub blocks: Vec<Block>,
}

impl Node {
    /// What is called and named while nobody panics: clean-up drops all that there could be, also what has long been handed on.
    pub fn ways(&self) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(|edge| !edge.in_cleanup)
    }
}

/// A call through a vtable.
#[derive(Debug, Clone, Copy)]
pub struct Virtual {
    pub slot: Slot,
    pub place: Option<Spot>,
    pub block: u32,
}

/// What fits together of a call through a vtable and a method in one: the offset, and how many arguments it has.
pub type Slot = (u32, u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Its body was read.
    Function,
    /// Declared only: `std`'s functions that aren't generic, C's.
    External,
    Constant,
    /// A variable that every thread has one of.
    ThreadLocal,
}

#[derive(Debug, Clone, Copy)]
pub struct Edge {
    pub to: usize,
    pub is_call: bool,
    pub place: Option<Spot>,
    /// The block it stands in; in a constant the offset.
    pub block: u32,
    /// Taken while a panic unwinds, and never else.
    pub in_cleanup: bool,
}

/// A place in a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spot {
    pub file: u32,
    pub line: u32,
    pub column: u32,
}

#[derive(Default, Debug)]
pub struct Graph {
    pub nodes: Vec<Node>,
    pub files: Vec<String>,
    /// Constants that are text, by node.
    pub texts: FxHashMap<usize, String>,
    /// Methods in vtables with the trait they implement, by their slot.
    pub methods: FxHashMap<Slot, Vec<(String, usize)>>,
}

impl Graph {
    /// For each node those that call or name it while nobody panics.
    pub fn callers(&self) -> Vec<Vec<usize>> {
        let mut callers = vec![Vec::new(); self.nodes.len()];
        for (i, node) in self.nodes.iter().enumerate() {
            node.ways().for_each(|edge| callers[edge.to].push(i));
        }
        callers
    }

    pub fn new(modules: Vec<Module>, packages: &[Package]) -> Graph {
        let mut builder = Builder {
            graph: Graph::default(),
            by_name: FxHashMap::default(),
            files: FxHashMap::default(),
            packages,
        };
        for module in modules {
            builder.add(module);
        }
        let mut graph = builder.graph;
        graph.index_vtables();
        graph
    }

    fn index_vtables(&mut self) {
        let mut methods: FxHashMap<Slot, Vec<(String, usize)>> = FxHashMap::default();
        for node in
            self.nodes.iter().filter(|node| node.kind == Kind::Constant && node.full.starts_with("vtable."))
        {
            for edge in &node.edges {
                let to = &self.nodes[edge.to];
                if let Some((_, of)) = name::implemented(&to.path) {
                    // in a constant, `block` is the offset
                    methods.entry((edge.block, to.arity)).or_default().push((of.to_owned(), edge.to));
                }
            }
        }
        self.methods = methods;
    }
}

struct Builder<'p> {
    graph: Graph,
    by_name: FxHashMap<String, usize>,
    files: FxHashMap<String, u32>,
    packages: &'p [Package],
}

impl Builder<'_> {
    fn add(&mut self, module: Module) {
        let files: Vec<u32> = module.files.iter().map(|file| self.file(file)).collect();
        let spot = |place: super::ir::Place| Spot {
            file: files[place.file as usize],
            line: place.line,
            column: place.column,
        };
        let nodes: Vec<usize> = module
            .symbols
            .into_iter()
            .map(|symbol| match symbol.private {
                true => self.push(symbol.name),
                false => self.named(symbol.name),
            })
            .collect();
        for global in module.globals {
            let index = nodes[global.symbol as usize];
            if let Some(text) = global.text {
                self.graph.texts.insert(index, text);
            }
            let node = &mut self.graph.nodes[index];
            node.kind = if global.is_thread_local { Kind::ThreadLocal } else { Kind::Constant };
            if node.edges.is_empty() {
                let offsets = global.offsets.iter().copied().chain(std::iter::repeat(0));
                let edge = |(to, offset): (&u32, u32)| Edge {
                    to: nodes[*to as usize],
                    is_call: false,
                    place: None,
                    block: offset,
                    in_cleanup: false,
                };
                node.edges = global.names.iter().zip(offsets).map(edge).collect();
            }
        }
        for function in module.functions {
            let index = nodes[function.symbol as usize];
            if self.graph.nodes[index].kind == Kind::Function {
                continue; // two modules made the same instance
            }
            let place = function.place.map(spot);
            let origin = self.origin(place, index);
            let node = &mut self.graph.nodes[index];
            node.kind = Kind::Function;
            node.program = module.program;
            node.place = place;
            node.origin = origin;
            node.blocks = function.blocks;
            node.arity = function.arity;
            let is_reached = reached_without_panic(&node.blocks);
            let called = |v: super::ir::Virtual| Virtual {
                slot: (v.offset, v.arity),
                place: v.place.map(spot),
                block: v.block,
            };
            let virtuals = function.virtuals.into_iter().filter(|v| is_reached[v.block as usize]);
            node.virtuals = virtuals.map(called).collect();
            node.edges = function
                .uses
                .into_iter()
                .map(|used| Edge {
                    to: nodes[used.symbol as usize],
                    is_call: used.is_call,
                    place: used.place.map(spot),
                    block: used.block,
                    in_cleanup: !is_reached[used.block as usize],
                })
                .collect();
        }
    }

    fn named(&mut self, symbol: String) -> usize {
        if let Some(&known) = self.by_name.get(&symbol) {
            return known;
        }
        let index = self.push(symbol.clone());
        self.by_name.insert(symbol, index);
        index
    }

    fn push(&mut self, symbol: String) -> usize {
        let full = name::full(&symbol).unwrap_or(symbol);
        let path = name::path(&full);
        let origin = match name::krate(&path) {
            krate if name::STD.contains(&krate) => Origin::Std,
            krate if lists::RUNTIME.contains(&krate) => Origin::Runtime,
            krate if self.packages.iter().any(|package| package.is_own && package.krate == krate) => {
                Origin::Own
            }
            _ => Origin::Dependency,
        };
        self.graph.nodes.push(Node {
            full,
            path,
            origin,
            kind: Kind::External,
            program: None,
            place: None,
            edges: Vec::new(),
            virtuals: Vec::new(),
            arity: 0,
            blocks: Vec::new(),
        });
        self.graph.nodes.len() - 1
    }

    fn file(&mut self, path: &str) -> u32 {
        if let Some(&known) = self.files.get(path) {
            return known;
        }
        let index = self.graph.files.len() as u32;
        self.graph.files.push(path.to_owned());
        self.files.insert(path.to_owned(), index);
        index
    }

    /// By the file that the function stands in: an implementation for `Vec` has a path that begins with `alloc`. What was
    /// generated while building is known by its name only.
    fn origin(&self, place: Option<Spot>, node: usize) -> Origin {
        let by_name = self.graph.nodes[node].origin;
        let Some(file) = place.map(|place| &self.graph.files[place.file as usize]) else { return by_name };
        if file.starts_with("/rustc/") || file.contains("/lib/rustlib/src/rust/library/") {
            return Origin::Std;
        }
        let inside = self.packages.iter().filter(|package| {
            file.strip_prefix(package.dir.as_str()).is_some_and(|rest| rest.starts_with('/'))
        });
        // the tests of a package lie in its folder, and are the user's own also when it is the runtime's
        let is_runtime = |package: &&Package| {
            lists::RUNTIME.contains(&package.krate.as_str()) && file[package.dir.len()..].starts_with("/src/")
        };
        match inside.max_by_key(|package| (package.dir.len(), is_runtime(package))) {
            Some(package) if is_runtime(&package) => Origin::Runtime,
            Some(package) if package.is_own => Origin::Own,
            Some(_) => Origin::Dependency,
            None => by_name,
        }
    }
}

/// For each block whether there is a way to it from the first one without a panic.
fn reached_without_panic(blocks: &[Block]) -> Vec<bool> {
    let mut is_reached = vec![false; blocks.len()];
    let mut queue = vec![0];
    while let Some(at) = queue.pop() {
        if let Some(block) = blocks.get(at)
            && !std::mem::replace(&mut is_reached[at], true)
        {
            queue.extend(block.next.iter().map(|&next| next as usize));
        }
    }
    is_reached
}
