//! The predeclared names and package `unsafe` (Go specification, "Predeclared identifiers").

use super::Checker;
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Builtin, Const, FileInfo, ObjId, ObjKind, Package, PkgId};
use crate::types::spelling::Alias;
use crate::types::{Basic, IfaceMethod, Interface, Named, NamedId, Signature, Type, TypeId};
use num_bigint::BigInt;
use rustc_hash::FxHashMap;

const TYPES: [(&str, Basic); 22] = [
    ("bool", Basic::Bool),
    ("int", Basic::Int),
    ("int8", Basic::Int8),
    ("int16", Basic::Int16),
    ("int32", Basic::Int32),
    ("int64", Basic::Int64),
    ("uint", Basic::Uint),
    ("uint8", Basic::Uint8),
    ("uint16", Basic::Uint16),
    ("uint32", Basic::Uint32),
    ("uint64", Basic::Uint64),
    ("uintptr", Basic::Uintptr),
    ("float32", Basic::Float32),
    ("float64", Basic::Float64),
    ("complex64", Basic::Complex64),
    ("complex128", Basic::Complex128),
    ("string", Basic::String),
    ("byte", Basic::Uint8),
    ("rune", Basic::Int32),
    ("any", Basic::Invalid),
    ("error", Basic::Invalid),
    ("comparable", Basic::Invalid),
];

const BUILTINS: [(&str, Builtin); 18] = [
    ("append", Builtin::Append),
    ("cap", Builtin::Cap),
    ("clear", Builtin::Clear),
    ("close", Builtin::Close),
    ("complex", Builtin::Complex),
    ("copy", Builtin::Copy),
    ("delete", Builtin::Delete),
    ("imag", Builtin::Imag),
    ("len", Builtin::Len),
    ("make", Builtin::Make),
    ("max", Builtin::Max),
    ("min", Builtin::Min),
    ("new", Builtin::New),
    ("panic", Builtin::Panic),
    ("print", Builtin::Print),
    ("println", Builtin::Println),
    ("real", Builtin::Real),
    ("recover", Builtin::Recover),
];

const UNSAFE: [(&str, Builtin); 8] = [
    ("Add", Builtin::UnsafeAdd),
    ("Alignof", Builtin::UnsafeAlignof),
    ("Offsetof", Builtin::UnsafeOffsetof),
    ("Sizeof", Builtin::UnsafeSizeof),
    ("Slice", Builtin::UnsafeSlice),
    ("SliceData", Builtin::UnsafeSliceData),
    ("String", Builtin::UnsafeString),
    ("StringData", Builtin::UnsafeStringData),
];

impl Checker<'_> {
    pub(super) fn declare_universe(&mut self) {
        for (name, basic) in TYPES {
            let ty = match name {
                "any" => {
                    let ty = self.empty_interface();
                    self.other_name(name, ty, false)
                }
                "byte" | "rune" => self.other_name(name, basic.id(), true),
                "error" => self.declare_error(),
                "comparable" => self.declare_comparable(),
                _ => basic.id(),
            };
            self.predeclare(name, ty, ObjKind::TypeName);
        }
        for (name, value) in [("true", true), ("false", false)] {
            self.predeclare(name, Basic::UntypedBool.id(), ObjKind::Const(Const::Bool(value)));
        }
        self.predeclare("iota", Basic::UntypedInt.id(), ObjKind::Const(Const::Int(BigInt::ZERO)));
        self.predeclare("nil", Basic::UntypedNil.id(), ObjKind::Nil);
        for (name, builtin) in BUILTINS {
            self.predeclare(name, Basic::Invalid.id(), ObjKind::Builtin(builtin));
        }
        self.declare_unsafe();
    }

    /// What Go's own tests of its checker use beside the predeclared names.
    pub(super) fn declare_assert(&mut self) {
        self.predeclare("assert", Basic::Invalid.id(), ObjKind::Builtin(Builtin::Assert));
    }

    /// `any` or `comparable`, which came with Go 1.18?
    pub(super) fn is_new_predeclared(&self, obj: ObjId, name: Symbol) -> bool {
        matches!(name.as_str(), "any" | "comparable") && self.universe.get(&name) == Some(&obj)
    }

    fn other_name(&mut self, name: &str, ty: TypeId, is_basic: bool) -> TypeId {
        let alias = Alias { name: Symbol::intern(name), pkg: None, targs: vec![], is_basic };
        self.types.alias(ty, alias)
    }

    /// A predeclared type under the name that messages use.
    pub(super) fn predeclared_type(&self, name: &str) -> TypeId {
        self.obj(self.universe[&Symbol::intern(name)]).ty
    }

    fn predeclare(&mut self, name: &str, ty: TypeId, kind: ObjKind) {
        let name = Symbol::intern(name);
        let obj = self.new_object(name, Pos::NONE, None, ty, kind);
        self.universe.insert(name, obj);
    }

    pub(super) fn empty_interface(&mut self) -> TypeId {
        self.types.intern(Type::Interface(Interface::default()))
    }

    fn declare_error(&mut self) -> TypeId {
        let sig = Signature { results: vec![Basic::String.id()], ..Signature::default() };
        let sig = self.types.intern(Type::Func(sig));
        let methods = vec![IfaceMethod { name: Symbol::intern("Error"), pkg: None, sig }];
        let interface = Interface { methods, ..Interface::default() };
        self.declare_named_interface("error", interface)
    }

    fn declare_comparable(&mut self) -> TypeId {
        let interface = Interface { comparable: true, ..Interface::default() };
        self.declare_named_interface("comparable", interface)
    }

    /// A predeclared interface with a name; its object is declared next.
    fn declare_named_interface(&mut self, name: &str, interface: Interface) -> TypeId {
        let underlying = self.types.intern(Type::Interface(interface));
        let name = Symbol::intern(name);
        let obj = crate::types::ObjId(self.objects.len() as u32);
        self.types.named.push(Named {
            obj,
            name,
            pkg: None,
            underlying,
            methods: vec![],
            type_params: vec![],
            instance_of: None,
            local: false,
            is_copy: false,
            pos: Pos::NONE,
        });
        let id = NamedId(self.types.named.len() as u32 - 1);
        self.types.intern(Type::Named(id))
    }

    /// Package 0.
    fn declare_unsafe(&mut self) {
        let pkg = PkgId(0);
        let mut scope = FxHashMap::default();
        let pointer = Symbol::intern("Pointer");
        let ty = Basic::UnsafePointer.id();
        scope.insert(pointer, self.new_object(pointer, Pos::NONE, Some(pkg), ty, ObjKind::TypeName));
        for (name, builtin) in UNSAFE {
            let name = Symbol::intern(name);
            let kind = ObjKind::Builtin(builtin);
            scope.insert(name, self.new_object(name, Pos::NONE, Some(pkg), Basic::Invalid.id(), kind));
        }
        self.by_path.insert("unsafe".into(), pkg);
        self.packages.push(Package {
            path: "unsafe".into(),
            name: Symbol::intern("unsafe"),
            files: vec![],
            infos: Vec::<FileInfo>::new(),
            scope,
            imports: vec![],
            init_order: vec![],
            instances: vec![],
            is_partial: false,
            is_golib: true,
        });
    }
}
