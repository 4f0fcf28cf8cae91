//! What the macros of goxide-macros and `args!` expand to. Not public API: it changes without notice.
//!
//! **Invariant:** every entry is a thin name for something in this crate; nothing is decided here.

pub use crate::array::ArrView;
pub use crate::func::Func;
pub use crate::hash::{GoHasher, eq, hash};
pub use crate::interface::{
    Iface, Interface, Itab, ToAny, Word, eq_iface, hash_iface, no_args, receive, receive_through, resolve,
};
pub use crate::program::{go_main, go_main_at};
pub use crate::ptr::Ptr;
pub use crate::slice::slice;
pub use crate::trace::Stay;
pub use crate::ty::{
    Desc, DescFn, FieldDesc, FieldId, Kind, MethodDesc, MethodSig, NoMethods, interface_id, interface_name,
    named_id, signature_id, struct_id, struct_name, type_name,
};
pub use crate::view::{GoType, Newtype, Var, View};
