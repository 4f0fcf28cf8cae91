//! Instantiation without end: a generic function or type that needs ever larger instances of itself (Go specification,
//! "Instantiations").
//!
//! A graph of type parameters: what is instantiated gets an edge from each parameter in its arguments, which is heavy if the
//! argument is larger than the parameter. A cycle with a heavy edge has no end.

use super::Checker;
use crate::source::Pos;
use crate::types::{ObjId, Type, TypeId, TypeParamId};
use rustc_hash::FxHashMap;

#[derive(Default)]
pub(super) struct Graph {
    vertices: Vec<Vertex>,
    edges: Vec<Edge>,
    index: FxHashMap<ObjId, usize>,
}

struct Vertex {
    obj: ObjId,
    weight: usize,
    /// The edge on the heaviest path to it, and how many there are.
    previous: usize,
    len: usize,
}

struct Edge {
    from: usize,
    to: usize,
    weight: usize,
    pos: Pos,
    ty: TypeId,
}

impl Graph {
    fn vertex(&mut self, obj: ObjId) -> usize {
        *self.index.entry(obj).or_insert_with(|| {
            self.vertices.push(Vertex { obj, weight: 0, previous: 0, len: 0 });
            self.vertices.len() - 1
        })
    }
}

impl Checker<'_> {
    /// Parameters of this package were given arguments.
    pub(super) fn record_instantiation(
        &mut self,
        params: &[TypeParamId],
        targs: &[TypeId],
        positions: &[Pos],
    ) {
        for (i, (p, &ty)) in params.iter().zip(targs).enumerate() {
            let to = self.types.type_params[p.0 as usize].obj;
            if self.obj(to).pkg != Some(self.pkg) {
                continue;
            }
            let pos = positions.get(i).or(positions.last()).copied().unwrap_or(Pos::NONE);
            let mut inside = vec![];
            self.params_in(ty, &mut inside);
            for from in inside {
                let weight = usize::from(*self.types.get(ty) != Type::TypeParam(from));
                let from = self.types.type_params[from.0 as usize].obj;
                let (from, to) = (self.mono.vertex(from), self.mono.vertex(to));
                self.mono.edges.push(Edge { from, to, weight, pos, ty });
            }
        }
    }

    fn params_in(&self, ty: TypeId, found: &mut Vec<TypeParamId>) {
        let all = |list: &[TypeId], found: &mut Vec<TypeParamId>| {
            for t in list {
                self.params_in(*t, found);
            }
        };
        match self.types.get(ty) {
            Type::TypeParam(p) => found.push(*p),
            Type::Named(n) => {
                if let Some((_, targs)) = &self.types.named(*n).instance_of {
                    all(targs, found);
                }
            }
            Type::Pointer(t) | Type::Slice(t) | Type::Array(t, _) | Type::Chan(_, t) => {
                self.params_in(*t, found);
            }
            Type::Map(k, v) => all(&[*k, *v], found),
            Type::Struct(fields) => fields.iter().for_each(|f| self.params_in(f.ty, found)),
            Type::Func(sig) => {
                all(&sig.params, found);
                all(&sig.results, found);
            }
            Type::Interface(i) => i.methods.iter().for_each(|m| self.params_in(m.sig, found)),
            Type::Basic(_) | Type::Tuple(_) => {}
        }
    }

    /// Looks for instantiations without end and reports the first.
    pub(super) fn check_instantiations(&mut self) {
        let Graph { mut vertices, edges, .. } = std::mem::take(&mut self.mono);
        let mut again = true;
        while again {
            again = false;
            for (i, edge) in edges.iter().enumerate() {
                let (weight, len) = (vertices[edge.from].weight + edge.weight, vertices[edge.from].len + 1);
                let to = &mut vertices[edge.to];
                if weight <= to.weight {
                    continue;
                }
                (to.previous, to.len, to.weight) = (i, len, weight);
                if len == vertices.len() {
                    return self.endless(&vertices, &edges, edge.to);
                }
                again = true;
            }
        }
    }

    fn endless(&mut self, vertices: &[Vertex], edges: &[Edge], last: usize) {
        let mut path = vec![];
        let mut at = last;
        while !path.contains(&at) {
            path.push(at);
            at = edges[vertices[at].previous].from;
        }
        let start = path.iter().position(|v| *v == at).unwrap_or(0);
        let lines: Vec<(Pos, String)> = path[start..]
            .iter()
            .map(|v| {
                let edge = &edges[vertices[*v].previous];
                let name = self.obj(vertices[edge.to].obj).name;
                (edge.pos, format!("{name} instantiated as {}", self.type_string(edge.ty)))
            })
            .collect();
        let pos = self.obj(vertices[at].obj).pos;
        self.report(pos, "instantiation cycle:", |d| {
            d.related = lines;
            d
        });
    }
}
