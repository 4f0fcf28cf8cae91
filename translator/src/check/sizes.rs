//! Sizes, alignments and offsets as Go's compiler lays values out on linux/amd64 (Go specification, "Size and alignment
//! guarantees").

use super::Checker;
use crate::types::{Basic, Type, TypeId};
use rustc_hash::FxHashMap;

const WORD: u64 = 8;

/// How a type lies in memory.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// In bytes; none if it is too large for the address space.
    pub size: Option<u64>,
    pub align: u64,
    /// Depends on a type parameter, so that nothing about it is constant.
    pub variable: bool,
}

const fn fixed(size: u64, align: u64) -> Layout {
    Layout { size: Some(size), align, variable: false }
}

const VARIABLE: Layout = Layout { size: None, align: 1, variable: true };

/// Layouts found so far; types in progress stand in it as variable.
type Memo = FxHashMap<TypeId, Layout>;

impl Checker<'_> {
    pub(super) fn layout(&mut self, ty: TypeId) -> Layout {
        self.layout_beside(ty, &mut Memo::default())
    }

    fn layout_beside(&mut self, ty: TypeId, memo: &mut Memo) -> Layout {
        if let Some(&known) = memo.get(&ty) {
            return known;
        }
        self.resolve_type(ty);
        if self.is_type_param(ty) {
            return VARIABLE;
        }
        memo.insert(ty, VARIABLE);
        let layout = match self.under(ty).clone() {
            Type::Basic(Basic::String) => fixed(2 * WORD, WORD),
            Type::Basic(Basic::Bool) => fixed(1, 1),
            Type::Basic(basic) => {
                let size = basic.bits().map_or(WORD, |bits| u64::from(bits / 8));
                fixed(size, if basic.is_complex() { size / 2 } else { size })
            }
            Type::Slice(_) => fixed(3 * WORD, WORD),
            Type::Interface(_) => fixed(2 * WORD, WORD),
            Type::Array(elem, len) => {
                let elem = self.layout_beside(elem, memo);
                Layout { size: elem.size.and_then(|size| in_range(size.checked_mul(len))), ..elem }
            }
            Type::Struct(fields) => {
                let fields: Vec<TypeId> = fields.iter().map(|f| f.ty).collect();
                self.struct_layout(&fields, memo).1
            }
            _ => fixed(WORD, WORD),
        };
        memo.insert(ty, layout);
        layout
    }

    /// The offsets of a struct's fields, and its layout.
    fn struct_layout(&mut self, fields: &[TypeId], memo: &mut Memo) -> (Vec<Option<u64>>, Layout) {
        let mut offsets = vec![];
        let mut end = Some(0);
        let (mut align, mut variable) = (1, false);
        let mut ends_empty = false;
        for &field in fields {
            let field = self.layout_beside(field, memo);
            align = field.align.max(align);
            variable |= field.variable;
            let offset = end.and_then(|end| aligned(end, field.align));
            offsets.push(offset);
            end = offset.zip(field.size).and_then(|(offset, size)| in_range(offset.checked_add(size)));
            ends_empty = field.size == Some(0);
        }
        // a pointer to an empty last field must not point behind the struct
        let end = end.map(|end| if ends_empty && end > 0 { end + 1 } else { end });
        let size = end.and_then(|end| aligned(end, align));
        (offsets, Layout { size, align, variable })
    }

    /// The offset of the field that `path` leads to through embedded structs; none if the type is too large.
    pub(super) fn offset(&mut self, ty: TypeId, path: &[u32]) -> Option<u64> {
        let mut memo = Memo::default();
        let (mut ty, mut sum) = (ty, 0);
        for &step in path {
            let Type::Struct(fields) = self.under(ty).clone() else { return None };
            let types: Vec<TypeId> = fields.iter().map(|f| f.ty).collect();
            let (offsets, _) = self.struct_layout(&types, &mut memo);
            sum += offsets[step as usize]?;
            ty = types[step as usize];
        }
        Some(sum)
    }
}

fn aligned(offset: u64, align: u64) -> Option<u64> {
    in_range(offset.checked_next_multiple_of(align))
}

fn in_range(size: Option<u64>) -> Option<u64> {
    size.filter(|size| *size <= i64::MAX as u64)
}
