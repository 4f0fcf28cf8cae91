//! Reads the LLVM IR that rustc writes as text: who calls and who names whom, and where in the source.
//!
//! It knows as much of the language as that takes, line by line: globals, definitions, blocks and their successors,
//! `@names`, and the four kinds of debug metadata that lead to a place. What it doesn't know it skips, so a new
//! version of LLVM costs it places at worst. Unoptimised IR is what makes this enough: nothing is inlined, and every
//! call stands on its own line with its callee in it.
//! A place is the outermost one of an inlined piece: the line of the function that it now stands in.
//! Rejected: the crate `llvm-ir` (needs the libLLVM of the very same version), bitcode (likewise).

use rustc_hash::FxHashMap;

/// One file of IR.
#[derive(Default, Debug)]
pub struct Module {
    /// What `Use`s and definitions name by index.
    pub symbols: Vec<Symbol>,
    pub functions: Vec<Function>,
    pub globals: Vec<Global>,
    /// Paths of source files, absolute if the compiler knew.
    pub files: Vec<String>,
    /// The program, test or example that it is, of several that are looked at; none for a library, which any may have in it.
    pub program: Option<u32>,
}

#[derive(Debug)]
pub struct Symbol {
    pub name: String,
    /// No other module can mean it.
    pub private: bool,
}

#[derive(Debug)]
pub struct Function {
    pub symbol: u32,
    pub place: Option<Place>,
    pub uses: Vec<Use>,
    /// Calls of what a table holds: methods of trait objects.
    pub virtuals: Vec<Virtual>,
    pub arity: u32,
    /// The first is where the function begins.
    pub blocks: Vec<Block>,
}

/// Where a block may go to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Block {
    pub next: Vec<u32>,
    /// While a panic unwinds.
    pub unwinds: Vec<u32>,
    pub returns: bool,
}

/// A call through a table.
#[derive(Debug, Clone, Copy)]
pub struct Virtual {
    /// Where in the table, in bytes.
    pub offset: u32,
    pub arity: u32,
    pub place: Option<Place>,
    pub block: u32,
}

/// A constant or variable.
#[derive(Debug)]
pub struct Global {
    pub symbol: u32,
    pub is_thread_local: bool,
    pub names: Vec<u32>,
    /// Where in it those stand, in bytes, if it is made of pointers and bytes alone.
    pub offsets: Vec<u32>,
    /// What it holds, if that is nothing but bytes which are text.
    pub text: Option<String>,
}

/// A name in a function's body.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    pub symbol: u32,
    /// Called here; else its address is taken, or it is an argument.
    pub is_call: bool,
    pub place: Option<Place>,
    pub block: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Index into the module's files.
    pub file: u32,
    pub line: u32,
    pub column: u32,
}

/// Reads one file.
pub fn read(text: &str) -> Module {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.line(line);
    }
    reader.finish()
}

/// Metadata that leads to a place.
enum Meta {
    Location { line: u32, column: u32, scope: u32, inlined_at: Option<u32> },
    Scope { file: Option<u32>, parent: Option<u32>, line: u32 },
    File(String),
}

#[derive(Default)]
struct Reader<'t> {
    module: Module,
    symbols: FxHashMap<&'t str, u32>,
    metas: FxHashMap<u32, Meta>,
    /// The function that is being read: its labels, where its blocks lead, and its uses that have no place yet.
    labels: FxHashMap<&'t str, u32>,
    is_inside: bool,
    block: u32,
    waiting: usize,
    /// The last address that was computed from a table, the last value that was loaded from one, and their offset.
    slot: (&'t str, u32),
    loaded: (&'t str, u32),
    /// Places of uses and functions as numbers of metadata, which stands at the end of the file.
    use_metas: Vec<(usize, usize, u32)>,
    function_metas: Vec<(usize, u32)>,
    virtual_metas: Vec<(usize, usize, u32)>,
}

impl<'t> Reader<'t> {
    fn line(&mut self, line: &'t str) {
        if self.is_inside {
            return self.body(line);
        }
        match line.as_bytes().first() {
            Some(b'@') => self.global(line),
            Some(b'd') if line.starts_with("define ") => self.define(line),
            Some(b'!') => self.meta(line),
            _ => {}
        }
    }

    fn symbol(&mut self, name: &'t str) -> u32 {
        if let Some(&known) = self.symbols.get(name) {
            return known;
        }
        let index = self.module.symbols.len() as u32;
        self.module.symbols.push(Symbol { name: name.to_owned(), private: false });
        self.symbols.insert(name, index);
        index
    }

    fn global(&mut self, line: &'t str) {
        let Some((name, after)) = name_at(line, 0) else { return };
        let rest = &line[after..];
        let Some(rest) = rest.strip_prefix(" = ") else { return };
        let symbol = self.symbol(name);
        self.module.symbols[symbol as usize].private = rest.starts_with("private ");
        let head = rest.split(['<', '{', '[', '(']).next().unwrap_or(rest);
        let mut words = head.split(' ').take_while(|word| !["global", "constant"].contains(word));
        let is_thread_local = words.any(|word| word == "thread_local");
        let mut names = Vec::new();
        for_names(rest, |name, _| names.push(name));
        let names: Vec<u32> = names.into_iter().map(|name| self.symbol(name)).collect();
        let offsets = offsets_of(rest);
        let text = names.is_empty().then(|| text_of(rest)).flatten();
        self.module.globals.push(Global { symbol, is_thread_local, names, offsets, text });
    }

    fn define(&mut self, line: &'t str) {
        let Some(at) = line.find('@') else { return };
        let Some((name, _)) = name_at(line, at) else { return };
        let symbol = self.symbol(name);
        self.module.symbols[symbol as usize].private = line.starts_with("define private ");
        if let Some(meta) = dbg_of(line) {
            self.function_metas.push((self.module.functions.len(), meta));
        }
        let arity = arity_of(line);
        let (uses, virtuals, blocks) = (Vec::new(), Vec::new(), Vec::new());
        self.module.functions.push(Function { symbol, place: None, uses, virtuals, arity, blocks });
        (self.slot, self.loaded) = Default::default();
        self.is_inside = true;
        self.labels.clear();
        self.waiting = 0;
        self.block = self.block_named("start");
    }

    /// The block with this label, in the function that is being read.
    fn block_named(&mut self, label: &'t str) -> u32 {
        let Some(function) = self.module.functions.last_mut() else { return 0 };
        *self.labels.entry(label).or_insert_with(|| {
            function.blocks.push(Block::default());
            function.blocks.len() as u32 - 1
        })
    }

    fn body(&mut self, line: &'t str) {
        match line.as_bytes() {
            [] | [b';', ..] => return,
            [b'}', ..] => {
                self.is_inside = false;
                return;
            }
            [b' ', ..] => {}
            _ => {
                let end = line.find(':').unwrap_or(line.len());
                self.block = self.block_named(&line[..end]);
                return;
            }
        }
        if line.contains('@') {
            self.names_in(line);
        }
        self.table(line);
        let mut rest = line;
        while let Some(at) = rest.find("label %") {
            let is_unwind = rest[..at].ends_with("unwind ");
            rest = &rest[at + "label %".len()..];
            let end = match rest.strip_prefix('"') {
                Some(quoted) => quoted.find('"').map_or(rest.len(), |end| end + 2),
                None => rest.find([',', ' ', ']']).unwrap_or(rest.len()),
            };
            let to = self.block_named(&rest[..end]);
            let block = self.block as usize;
            if let Some(function) = self.module.functions.last_mut() {
                let block = &mut function.blocks[block];
                if is_unwind { &mut block.unwinds } else { &mut block.next }.push(to);
            }
        }
        if line.trim_start().starts_with("ret ")
            && let Some(function) = self.module.functions.last_mut()
        {
            function.blocks[self.block as usize].returns = true;
        }
        if self.waiting > 0
            && let Some(meta) = dbg_of(line)
        {
            self.place_waiting(meta);
        }
    }

    /// Names in an instruction. An `invoke` has its place on its second line.
    fn names_in(&mut self, line: &'t str) {
        let mut found = Vec::new();
        for_names(line, |name, after| found.push((name, line[after..].starts_with('('))));
        if found.iter().any(|(name, _)| name.starts_with("llvm.dbg.")) {
            return;
        }
        self.waiting = 0;
        for (name, is_callee) in found {
            if name.starts_with("llvm.") {
                continue;
            }
            let name = match name {
                "syscall" => numbered_syscall(line).unwrap_or(name),
                _ => name,
            };
            let symbol = self.symbol(name);
            let block = self.block;
            if let Some(function) = self.module.functions.last_mut() {
                function.uses.push(Use { symbol, is_call: is_callee, place: None, block });
                self.waiting += 1;
            }
        }
        if !line.trim_start().contains("invoke ") && dbg_of(line).is_none() {
            self.waiting = 0;
        }
    }

    /// A method of a trait object is called in three lines: its address in the table, what is there, and the call of that.
    fn table(&mut self, line: &'t str) {
        let Some((register, what)) = line.trim_start().split_once(" = ") else {
            return self.virtual_call(line);
        };
        if let Some(address) = what.strip_prefix("getelementptr inbounds i8, ptr %") {
            if let Some((_, offset)) = address.split_once(", i64 ")
                && let Some(offset) = number_at(offset)
            {
                self.slot = (register, offset);
            }
        } else if let Some(from) = what.strip_prefix("load ptr, ptr ") {
            if from.split(',').next() == Some(self.slot.0) && from.contains("!invariant.load") {
                self.loaded = (register, self.slot.1);
            }
        } else {
            self.virtual_call(what);
        }
    }

    fn virtual_call(&mut self, line: &'t str) {
        let (register, offset) = self.loaded;
        if register.is_empty() || !(line.contains("call ") || line.contains("invoke ")) {
            return;
        }
        let Some(at) = line.find(register).filter(|at| line[at + register.len()..].starts_with('(')) else {
            return;
        };
        let arity = arity_of(&line[at..]);
        self.loaded = Default::default();
        let block = self.block;
        let Some(function) = self.module.functions.last_mut() else { return };
        function.virtuals.push(Virtual { offset, arity, place: None, block });
        let virtual_index = function.virtuals.len() - 1;
        if let Some(meta) = dbg_of(line) {
            self.virtual_metas.push((self.module.functions.len() - 1, virtual_index, meta));
        }
    }

    fn place_waiting(&mut self, meta: u32) {
        let index = self.module.functions.len() - 1;
        let uses = self.module.functions[index].uses.len();
        for use_index in uses - self.waiting..uses {
            self.use_metas.push((index, use_index, meta));
        }
        self.waiting = 0;
    }

    fn meta(&mut self, line: &'t str) {
        let Some((number, rest)) = line[1..].split_once(" = ") else { return };
        let Ok(number) = number.parse() else { return };
        let rest = rest.strip_prefix("distinct ").unwrap_or(rest);
        let meta = if rest.starts_with("!DILocation(") {
            let Some(scope) = field(rest, "scope: !") else { return };
            Meta::Location {
                line: field(rest, "line: ").unwrap_or(0),
                column: field(rest, "column: ").unwrap_or(0),
                scope,
                inlined_at: field(rest, "inlinedAt: !"),
            }
        } else if rest.starts_with("!DISubprogram(") || rest.starts_with("!DILexicalBlock") {
            // names of functions may hold anything: the fields stand behind them
            let rest = rest.rfind("\", scope: ").map_or(rest, |at| &rest[at..]);
            Meta::Scope {
                file: field(rest, "file: !"),
                parent: field(rest, "scope: !"),
                line: field(rest, ", line: ").unwrap_or(0),
            }
        } else if rest.starts_with("!DIFile(") {
            let Some(name) = text_field(rest, "filename: \"") else { return };
            let directory = text_field(rest, "directory: \"").unwrap_or_default();
            let is_whole = name.starts_with('/') || directory.is_empty();
            Meta::File(if is_whole { name.to_owned() } else { format!("{directory}/{name}") })
        } else {
            return;
        };
        self.metas.insert(number, meta);
    }

    fn finish(mut self) -> Module {
        let mut files = FxHashMap::default();
        for (function, meta) in std::mem::take(&mut self.function_metas) {
            self.module.functions[function].place = self.place(meta, &mut files);
        }
        for (function, index, meta) in std::mem::take(&mut self.use_metas) {
            self.module.functions[function].uses[index].place = self.place(meta, &mut files);
        }
        for (function, index, meta) in std::mem::take(&mut self.virtual_metas) {
            self.module.functions[function].virtuals[index].place = self.place(meta, &mut files);
        }
        self.module
    }

    fn place(&mut self, meta: u32, files: &mut FxHashMap<u32, u32>) -> Option<Place> {
        let (line, column, mut scope) = match self.metas.get(&meta)? {
            Meta::Location { line, column, scope, inlined_at: None } => (*line, *column, *scope),
            Meta::Location { inlined_at: Some(outer), .. } => return self.place(*outer, files),
            Meta::Scope { line, .. } => (*line, 0, meta),
            Meta::File(_) => return None,
        };
        // scopes end at a function; a file that leads to itself does not exist, but a damaged one must not hang us
        for _ in 0..1000 {
            match self.metas.get(&scope)? {
                Meta::Scope { file: Some(file), .. } => {
                    let Meta::File(path) = self.metas.get(file)? else { return None };
                    let known = *files.entry(*file).or_insert_with(|| {
                        self.module.files.push(path.clone());
                        self.module.files.len() as u32 - 1
                    });
                    return Some(Place { file: known, line, column });
                }
                Meta::Scope { file: None, parent, .. } => scope = (*parent)?,
                _ => return None,
            }
        }
        None
    }
}

/// The number of a `syscall` that says which it is, as a name of its own.
fn numbered_syscall(line: &str) -> Option<&'static str> {
    let arguments = line.split("@syscall(").nth(1)?;
    let number = arguments.strip_prefix("i64 ").and_then(|rest| rest.split([',', ' ', ')']).next())?;
    // the system calls that tell which thread asks: on x86-64, and on most others
    matches!(number, "186" | "178").then_some("syscall(SYS_gettid)")
}

/// How many parameters stand in the first brackets of `line` that follow a name: types have brackets, too, but no commas count in those.
fn arity_of(line: &str) -> u32 {
    let Some(open) = line.find(['@', '%']).and_then(|name| line[name..].find('(').map(|open| name + open))
    else {
        return 0;
    };
    let (mut depth, mut commas, mut is_empty) = (0, 0, true);
    for c in line[open..].chars() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            ',' if depth == 1 => commas += 1,
            _ => is_empty = false,
        }
    }
    if is_empty { 0 } else { commas + 1 }
}

/// Where the pointers stand in a constant of type `<{ ptr, [16 x i8], ptr }>`.
fn offsets_of(rest: &str) -> Vec<u32> {
    let Some((_, fields)) = rest.split_once("<{ ") else { return Vec::new() };
    let Some((fields, _)) = fields.split_once(" }>") else { return Vec::new() };
    let (mut offsets, mut at) = (Vec::new(), 0);
    for field in fields.split(", ") {
        if field == "ptr" {
            offsets.push(at);
            at += 8;
        } else if let Some(bytes) = field.strip_prefix('[').and_then(number_at) {
            at += bytes;
        } else {
            return Vec::new();
        }
    }
    offsets
}

/// The global name that begins with the `@` at `at`, and where it ends.
fn name_at(line: &str, at: usize) -> Option<(&str, usize)> {
    let rest = line.get(at + 1..)?;
    if let Some(quoted) = rest.strip_prefix('"') {
        let end = quoted.find('"')?;
        return Some((&quoted[..end], at + 1 + end + 2));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '-');
    let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    (end > 0).then(|| (&rest[..end], at + 1 + end))
}

/// Calls `found` with every global name outside of strings, and where it ends.
fn for_names<'t>(line: &'t str, mut found: impl FnMut(&'t str, usize)) {
    let mut at = 0;
    while let Some(step) = line[at..].find(['@', '"']) {
        at += step;
        if line.as_bytes()[at] == b'"' {
            match line[at + 1..].find('"') {
                Some(end) => at += end + 2,
                None => return,
            }
        } else {
            match name_at(line, at) {
                Some((name, after)) => {
                    found(name, after);
                    at = after;
                }
                None => at += 1,
            }
        }
    }
}

/// The number behind `!dbg !`.
fn dbg_of(line: &str) -> Option<u32> {
    let at = line.rfind("!dbg !")?;
    number_at(&line[at + "!dbg !".len()..])
}

fn field(text: &str, name: &str) -> Option<u32> {
    number_at(&text[text.find(name)? + name.len()..])
}

fn number_at(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

fn text_field<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let rest = &text[text.find(name)? + name.len()..];
    rest.find('"').map(|end| &rest[..end])
}

/// The text of `.. c"text", align 1`.
fn text_of(rest: &str) -> Option<String> {
    let start = rest.find(" c\"")? + 3;
    let inside = &rest[start..start + rest[start..].find('"')?];
    let mut bytes = Vec::with_capacity(inside.len());
    let mut left = inside.bytes();
    while let Some(byte) = left.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || left.next().and_then(|d| char::from(d).to_digit(16));
        bytes.push((digit()? * 16 + digit()?) as u8);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
@vtable.0 = private unnamed_addr constant <{ ptr, [16 x i8], ptr, ptr }> <{ ptr @drop, [16 x i8] c"\08\00@no\22\00", ptr @first, ptr @second }>, align 8
@text = private unnamed_addr constant [4 x i8] c"a\22\C3\A4", align 1
@named = private unnamed_addr constant ptr @of_crate_thread_local, align 8
@LOCAL = internal thread_local global [4 x i8] zeroinitializer, align 4

; app::f
define internal void @f(ptr align 8 %self, { i64, ptr } %pair, [2 x i64] %x) unnamed_addr #1 !dbg !10 {
start:
  %1 = getelementptr inbounds i8, ptr %self.1, i64 32, !dbg !20
  %2 = load ptr, ptr %1, align 8, !dbg !20, !invariant.load !4, !nonnull !4
; invoke app::g
  %3 = invoke i1 @"_ZN3app1g17hE"(ptr align 8 @vtable.0, i64 7)
          to label %bb1 unwind label %cleanup, !dbg !21

bb1:                                              ; preds = %start
  call void %2(ptr %self.0, i64 1), !dbg !22
  %4 = call i64 (i64, ...) @syscall(i64 186)
  ret void

cleanup:                                          ; preds = %start
  br label %bb1
}

!1 = !DIFile(filename: "src/main.rs", directory: "/app")
!2 = !DIFile(filename: "/lib/src/lib.rs", directory: "/app")
!10 = distinct !DISubprogram(name: "f<\22, file: !2, line: 99>", linkageName: "f", scope: !9, file: !1, line: 3, unit: !0)
!11 = distinct !DILexicalBlock(scope: !10, file: !1, line: 4, column: 1)
!12 = distinct !DISubprogram(name: "inlined", scope: !9, file: !2, line: 70, unit: !0)
!20 = !DILocation(line: 5, column: 9, scope: !11)
!21 = !DILocation(line: 71, column: 2, scope: !12, inlinedAt: !20)
!22 = !DILocation(line: 6, column: 7, scope: !10)
"#;

    #[test]
    fn what_a_module_holds() {
        let module = read(TEXT);
        let name = |symbol: u32| module.symbols[symbol as usize].name.as_str();
        let [table, text, named, local] = &module.globals[..] else { panic!("{:?}", module.globals) };
        assert_eq!(table.names.iter().map(|s| name(*s)).collect::<Vec<_>>(), ["drop", "first", "second"]);
        assert_eq!(table.offsets, [0, 24, 32]);
        assert_eq!((text.text.as_deref(), text.is_thread_local), (Some("a\"ä"), false));
        assert!(
            local.is_thread_local && !named.is_thread_local && module.symbols[table.symbol as usize].private
        );
        assert_eq!(module.files, ["/app/src/main.rs"]);

        let [f] = &module.functions[..] else { panic!("{:?}", module.functions) };
        let at = |line, column| Some(Place { file: 0, line, column });
        assert_eq!((name(f.symbol), f.arity, f.place), ("f", 3, at(3, 0)));
        let uses: Vec<_> =
            f.uses.iter().map(|used| (name(used.symbol), used.is_call, used.place, used.block)).collect();
        // the place of the inlined call is where it was inlined
        let expected = [
            ("_ZN3app1g17hE", true, at(5, 9), 0),
            ("vtable.0", false, at(5, 9), 0),
            ("syscall(SYS_gettid)", true, None, 1),
        ];
        assert_eq!(uses, expected);
        let block = |next: &[u32], unwinds: &[u32], returns| Block {
            next: next.to_vec(),
            unwinds: unwinds.to_vec(),
            returns,
        };
        assert_eq!(f.blocks, [block(&[1], &[2], false), block(&[], &[], true), block(&[1], &[], false)]);
        let [call] = &f.virtuals[..] else { panic!("{:?}", f.virtuals) };
        assert_eq!((call.offset, call.arity, call.place, call.block), (32, 2, at(6, 7), 1));
    }

    #[test]
    fn damage_is_no_reason_to_stop() {
        for end in (0..TEXT.len()).filter(|end| TEXT.is_char_boundary(*end)) {
            read(&TEXT[..end]);
            read(&TEXT[end..]);
        }
    }
}
