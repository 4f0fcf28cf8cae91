//! What is known of a type at run time: its identity, its description, its name.
//!
//! Identity is a number mixed by const functions out of hashed import paths and names, so that a type has the same one in
//! every crate that can name it, and so that reflection can make types that are identical to static ones. Addresses of
//! descriptions differ between crates and mean nothing. What must hold: a description refers to others only through functions,
//! because constants that refer to each other would be a cycle; the one exception is what equality needs of fields.

mod made;

pub(crate) use made::{by_parts, hash_by_parts};

use crate::hash::GoHasher;
use crate::interface::Word;

/// Go's kinds, with the numbers of `reflect.Kind`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Kind {
    Invalid,
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    Array,
    Chan,
    Func,
    Interface,
    Map,
    Pointer,
    Slice,
    String,
    Struct,
    UnsafePointer,
}

impl Kind {
    /// Whether the zero value is called `nil`.
    pub const fn has_nil(self) -> bool {
        matches!(
            self,
            Kind::Chan
                | Kind::Func
                | Kind::Interface
                | Kind::Map
                | Kind::Pointer
                | Kind::Slice
                | Kind::UnsafePointer
        )
    }
}

/// Which ways a channel type goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChanDir {
    /// `chan T`
    Both,
    /// `<-chan T`
    Recv,
    /// `chan<- T`
    Send,
}

/// A link to another description.
pub type DescFn = fn() -> &'static Desc;
/// Go's `==` on two values of the described type, which are passed by address.
pub type EqFn = unsafe fn(*const u8, *const u8) -> bool;
/// Adds the value at an address to a hash.
pub type HashFn = unsafe fn(*const u8, &mut GoHasher);

/// A type's description.
#[derive(Clone, Copy)]
pub struct Desc {
    /// Its identity.
    pub id: u128,
    /// Its kind.
    pub kind: Kind,
    /// Bytes of a value.
    pub size: usize,
    /// Their alignment.
    pub align: usize,
    /// Whether a value holds no handle.
    pub noscan: bool,
    /// The name as `%T` shows it.
    pub name: fn() -> String,
    /// The import path of the package that declares it; of the package of unexported fields if it has no name.
    pub pkg_path: &'static str,
    /// Whether it has a name.
    pub named: bool,
    /// Equality; none when Go calls the type not comparable.
    pub eq: Option<EqFn>,
    /// Hashing, for comparable types.
    pub hash: Option<HashFn>,
    /// The element type of pointers, slices, arrays, channels and maps.
    pub elem: Option<DescFn>,
    /// The key type of a map.
    pub key: Option<DescFn>,
    /// The length of an array.
    pub len: usize,
    /// Which ways a channel goes.
    pub chan_dir: ChanDir,
    /// The fields of a struct.
    pub fields: &'static [FieldDesc],
    /// The parameter types of a function.
    pub params: &'static [DescFn],
    /// The result types of a function.
    pub results: &'static [DescFn],
    /// Whether the last parameter of a function takes the rest.
    pub variadic: bool,
    /// The method set: tables, each sorted by name.
    pub methods: &'static [&'static [MethodDesc]],
    /// The methods an interface asks for, sorted by name.
    pub interface: &'static [MethodSig],
    /// The method tables of pointers to the type.
    pub ptr_methods: &'static [&'static [MethodDesc]],
    /// How functions of the type are called and made.
    pub func: Option<&'static FuncOps>,
    /// What channels of the type do.
    pub chan: Option<&'static ChanOps>,
    /// The identity of the underlying type, where that is another type.
    pub underlying: u128,
    /// What a type made at run time is made of; `name`, `elem`, `key`, `params` and `results` say nothing then.
    pub parts: Option<&'static Parts>,
}

/// What a type made at run time is made of.
pub struct Parts {
    /// The element type of a pointer, slice, array or map.
    pub elem: Option<&'static Desc>,
    /// The key type of a map.
    pub key: Option<&'static Desc>,
    /// The parameters of a function.
    pub params: Vec<&'static Desc>,
    /// The results of a function.
    pub results: Vec<&'static Desc>,
}

impl Desc {
    /// A description that says nothing but the kind, for others to fill in.
    pub const fn of_kind(kind: Kind) -> Desc {
        Desc {
            id: 0,
            kind,
            size: 0,
            align: 1,
            noscan: false,
            name: String::new,
            pkg_path: "",
            named: false,
            eq: None,
            hash: None,
            elem: None,
            key: None,
            len: 0,
            chan_dir: ChanDir::Both,
            fields: &[],
            params: &[],
            results: &[],
            variadic: false,
            methods: &[],
            interface: &[],
            ptr_methods: &[],
            func: None,
            chan: None,
            underlying: 0,
            parts: None,
        }
    }

    /// Whether an interface value holds the value itself and not the address of a copy.
    pub const fn direct(&self) -> bool {
        self.size <= size_of::<usize>()
    }

    /// The name as `%T` shows it.
    pub fn type_string(&self) -> String {
        let Some(parts) = self.parts else { return (self.name)() };
        match (self.kind, parts.key, parts.elem) {
            (Kind::Pointer, _, Some(elem)) => format!("*{}", elem.type_string()),
            (Kind::Slice, _, Some(elem)) => format!("[]{}", elem.type_string()),
            (_, Some(key), Some(elem)) => format!("map[{}]{}", key.type_string(), elem.type_string()),
            (Kind::Array, _, Some(elem)) => format!("[{}]{}", self.len, elem.type_string()),
            (Kind::Struct, ..) => struct_name(self),
            _ => format!("func{}", signature_of(&parts.params, &parts.results, self.variadic)),
        }
    }

    /// The element type. Only for types that have one.
    pub fn elem(&self) -> &'static Desc {
        match (self.elem, self.parts) {
            (Some(elem), _) => elem(),
            (_, Some(Parts { elem: Some(elem), .. })) => elem,
            _ => unreachable!("{} has no element type", self.type_string()),
        }
    }

    /// The key type. Only for maps.
    pub fn key(&self) -> &'static Desc {
        match (self.key, self.parts) {
            (Some(key), _) => key(),
            (_, Some(Parts { key: Some(key), .. })) => key,
            _ => unreachable!("{} has no key type", self.type_string()),
        }
    }

    /// The parameter types of a function.
    pub fn params(&self) -> Vec<&'static Desc> {
        match self.parts {
            Some(parts) => parts.params.clone(),
            None => self.params.iter().map(|param| param()).collect(),
        }
    }

    /// The result types of a function.
    pub fn results(&self) -> Vec<&'static Desc> {
        match self.parts {
            Some(parts) => parts.results.clone(),
            None => self.results.iter().map(|result| result()).collect(),
        }
    }

    /// The identity of the underlying type.
    pub const fn underlying_id(&self) -> u128 {
        if self.underlying == 0 { self.id } else { self.underlying }
    }

    /// The method of that name and signature in the method set; `pkg` is empty for exported names.
    pub fn method(&self, wanted: &MethodSig) -> Option<&'static MethodDesc> {
        self.methods.iter().find_map(|table| {
            let at = table.binary_search_by(|method| method.name.cmp(wanted.name)).ok()?;
            // Unexported methods of different packages may share a name.
            let first =
                table[..at].iter().rposition(|method| method.name != wanted.name).map_or(0, |i| i + 1);
            table[first..]
                .iter()
                .take_while(|method| method.name == wanted.name)
                .find(|method| method.sig == wanted.sig && method.pkg == wanted.pkg)
        })
    }
}

/// One field of a struct.
#[derive(Clone, Copy)]
pub struct FieldDesc {
    /// Go's name; `_` for a blank field.
    pub name: &'static str,
    /// Where it lies.
    pub offset: usize,
    /// Its type.
    pub desc: DescFn,
    /// Whether it is embedded.
    pub embedded: bool,
    /// Whether other packages may use it.
    pub exported: bool,
    /// Its tag.
    pub tag: &'static str,
    /// Its type in a struct made at run time, of which `desc` says nothing.
    pub made: Option<&'static Desc>,
}

impl FieldDesc {
    /// Its type.
    pub fn desc(&self) -> &'static Desc {
        self.made.unwrap_or_else(self.desc)
    }
}

/// One method of a type.
#[derive(Clone, Copy)]
pub struct MethodDesc {
    /// Go's name.
    pub name: &'static str,
    /// The package of an unexported name.
    pub pkg: &'static str,
    /// The identity of its signature.
    pub sig: u128,
    /// `fn(Word, parameters..) -> result`
    pub func: *const (),
    /// The type of the function without a receiver; none in a program without reflection, and for signatures too long to be a
    /// function type.
    pub signature: Option<DescFn>,
    /// The same with the receiver as its first parameter; none in a program that asks no type for the functions of its methods.
    pub expression: Option<DescFn>,
    /// Whether the last parameter takes the rest.
    pub variadic: bool,
}

/// What is called in place of a function: the addresses of the arguments, and where the results go, which start as zeroes.
pub type Call = unsafe fn(Handler, args: &[*const u8], results: &[*mut u8]);

/// The body of a function made at run time, and what it captured: handles, which lie in the function's own object.
#[derive(Clone, Copy)]
pub struct Handler {
    /// Its code.
    pub call: Call,
    /// Its captures.
    pub data: [*mut u8; 2],
}

// SAFETY: the captures are Go values or addresses of constants.
unsafe impl Send for Handler {}
// SAFETY: as above.
unsafe impl Sync for Handler {}

/// How functions of one type are called and made by those who know the type from its description only.
pub struct FuncOps {
    /// Calls the function value at an address with the arguments and stores the results, both by address.
    pub call: unsafe fn(*const u8, args: &[*const u8], results: &[*mut u8]),
    /// The same for the function of a method table and its receiver.
    pub call_method: unsafe fn(*const (), Word, args: &[*const u8], results: &[*mut u8]),
    /// A function value that does what the handler does.
    pub make: fn(Handler) -> *const u8,
}

/// Receives from the channel at an address to another.
pub type ChanRecv = unsafe fn(*const u8, *mut u8, may_block: bool) -> (bool, bool);

/// What channels of one type do for those who know the type from its description only. Channels are passed by address.
pub struct ChanOps {
    /// `make(chan T, n)`
    pub make: fn(isize) -> *const u8,
    /// `len(c)`
    pub len: unsafe fn(*const u8) -> isize,
    /// `cap(c)`
    pub cap: unsafe fn(*const u8) -> isize,
    /// `close(c)`; none for channels that are only received from.
    pub close: Option<unsafe fn(*const u8)>,
    /// Sends the value at an address; whether that was possible, if it must not block.
    pub send: Option<unsafe fn(*const u8, *const u8, may_block: bool) -> bool>,
    /// Receives to an address; whether anything was received, and whether that is not for the channel being closed.
    pub recv: Option<ChanRecv>,
}

// SAFETY: the pointer is that of a function.
unsafe impl Sync for MethodDesc {}
// SAFETY: as above.
unsafe impl Send for MethodDesc {}

/// The method tables of types without methods: `#[methods(reflected)]` writes inherent constants, which win over these.
#[allow(missing_docs)]
pub trait NoMethods {
    const __VALUE_METHODS: &'static [MethodDesc] = &[];
    const __PROMOTED_METHODS: &'static [MethodDesc] = &[];
    const __PTR_METHODS: &'static [MethodDesc] = &[];
}
impl<T> NoMethods for T {}

/// One method that an interface asks for.
#[derive(Clone, Copy)]
pub struct MethodSig {
    /// Go's name.
    pub name: &'static str,
    /// The package of an unexported name.
    pub pkg: &'static str,
    /// The identity of its signature.
    pub sig: u128,
    /// Its parameter types.
    pub params: &'static [DescFn],
    /// Its result types.
    pub results: &'static [DescFn],
    /// Whether the last parameter takes the rest.
    pub variadic: bool,
}

/// One field, as far as it counts for the identity of an unnamed struct.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct FieldId {
    pub name: &'static str,
    pub pkg: &'static str,
    pub ty: u128,
    pub embedded: bool,
    pub tag: &'static str,
}

/// Mixes `x` into `h`; the order counts.
pub const fn mix(h: u128, x: u128) -> u128 {
    let mut h = (h.rotate_left(43) ^ x).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    h ^= h >> 61;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93_d6e8_feb8_6659_fd93);
    h ^ (h >> 67)
}

const fn mix_all(mut h: u128, ids: &[u128]) -> u128 {
    let mut i = 0;
    while i < ids.len() {
        h = mix(h, ids[i]);
        i += 1;
    }
    mix(h, ids.len() as u128)
}

const fn mix_str(mut h: u128, text: &str) -> u128 {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let mut word = 0;
        let end = if bytes.len() - i > 16 { i + 16 } else { bytes.len() };
        while i < end {
            word = word << 8 | bytes[i] as u128;
            i += 1;
        }
        h = mix(h, word);
    }
    mix(h, bytes.len() as u128)
}

/// The identity of a type made by a type constructor (a kind) of `parts`.
pub const fn composite_id(kind: Kind, parts: &[u128]) -> u128 {
    mix_all(kind as u128, parts)
}

/// The identity of a declared type: import path and name, and the type arguments.
pub const fn named_id(path: &str, args: &[u128]) -> u128 {
    mix_all(mix_str(100, path), args)
}

/// The identity of an unnamed struct type.
pub const fn struct_id(fields: &[FieldId]) -> u128 {
    let mut h = Kind::Struct as u128;
    let mut i = 0;
    while i < fields.len() {
        let field = &fields[i];
        h = mix(mix_str(mix_str(h, field.name), field.pkg), field.ty);
        h = mix_str(mix(h, field.embedded as u128), field.tag);
        i += 1;
    }
    mix(h, fields.len() as u128)
}

/// The identity of an unnamed interface type, whose methods are sorted.
pub const fn interface_id(methods: &[MethodSig]) -> u128 {
    let mut h = Kind::Interface as u128;
    let mut i = 0;
    while i < methods.len() {
        h = mix(mix_str(mix_str(h, methods[i].name), methods[i].pkg), methods[i].sig);
        i += 1;
    }
    mix(h, methods.len() as u128)
}

/// The identity of a signature.
pub const fn signature_id(params: &[u128], results: &[u128], variadic: bool) -> u128 {
    mix(mix_all(mix_all(Kind::Func as u128, params), results), variadic as u128)
}

/// The name of a declared type with its type arguments.
pub fn type_name(shown: &str, args: &[&'static Desc]) -> String {
    if args.is_empty() {
        return shown.to_string();
    }
    let args: Vec<String> = args.iter().map(|arg| qualified(arg)).collect();
    format!("{shown}[{}]", args.join(","))
}

/// A name with its whole import path, as it stands among type arguments.
fn qualified(desc: &Desc) -> String {
    let name = desc.type_string();
    match name.split_once('.') {
        Some((_, rest)) if desc.named && !desc.pkg_path.is_empty() => format!("{}.{rest}", desc.pkg_path),
        _ => name,
    }
}

/// The name of an unnamed struct type.
pub fn struct_name(desc: &Desc) -> String {
    if desc.fields.is_empty() {
        return "struct {}".to_string();
    }
    let fields: Vec<String> = desc
        .fields
        .iter()
        .map(|field| {
            let ty = field.desc().type_string();
            let mut text = if field.embedded { ty } else { format!("{} {ty}", field.name) };
            if !field.tag.is_empty() {
                text.push(' ');
                text.push_str(&quoted(field.tag));
            }
            text
        })
        .collect();
    format!("struct {{ {} }}", fields.join("; "))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// The name of an unnamed interface type.
pub fn interface_name(methods: &'static [MethodSig]) -> String {
    if methods.is_empty() {
        return "interface {}".to_string();
    }
    let methods: Vec<String> = methods
        .iter()
        .map(|method| {
            let pkg = match method.pkg.rsplit('/').next() {
                Some(pkg) if !pkg.is_empty() => format!("{pkg}."),
                _ => String::new(),
            };
            format!("{pkg}{}{}", method.name, signature_name(method.params, method.results, method.variadic))
        })
        .collect();
    format!("interface {{ {} }}", methods.join("; "))
}

/// A signature without the word `func`.
pub fn signature_name(params: &[DescFn], results: &[DescFn], variadic: bool) -> String {
    let of = |list: &[DescFn]| list.iter().map(|desc| desc()).collect::<Vec<_>>();
    signature_of(&of(params), &of(results), variadic)
}

fn signature_of(params: &[&'static Desc], results: &[&'static Desc], variadic: bool) -> String {
    let mut params: Vec<String> = params.iter().map(|param| param.type_string()).collect();
    if let Some(last) = params.last_mut().filter(|_| variadic) {
        *last = format!("...{}", last.strip_prefix("[]").unwrap_or(last));
    }
    let results: Vec<String> = results.iter().map(|result| result.type_string()).collect();
    let params = params.join(", ");
    match results.as_slice() {
        [] => format!("({params})"),
        [one] => format!("({params}) {one}"),
        many => format!("({params}) ({})", many.join(", ")),
    }
}
