//! The table of where the Rust comes from, which codegen has made (`translator/src/codegen/positions.rs` tells its form).

use std::collections::HashMap;
use std::sync::OnceLock;

/// A Go function.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) file: &'static str,
    pub(super) line: u32,
    /// Has it parameters or a receiver?
    pub(super) takes: bool,
}

/// From a line of Rust on.
struct Point {
    rust: u32,
    go: u32,
    function: Option<usize>,
}

/// See the module.
pub(super) struct Table {
    functions: Vec<Function>,
    /// By Rust file, as its end is spelled.
    points: HashMap<&'static str, Vec<Point>>,
}

static TEXT: OnceLock<&'static str> = OnceLock::new();

/// Says which table this program has.
pub(crate) fn set_table(text: &'static str) {
    let _ = TEXT.set(text);
}

/// Where rustc says the program's files are; the translator has it say so.
const ROOT: &str = "/goxide-program/";

impl Table {
    /// Reads it; none if the program has no table.
    pub(super) fn read() -> Option<Table> {
        let mut table = Table { functions: Vec::new(), points: HashMap::with_hasher(crate::hash::keys()) };
        let mut files: HashMap<&str, &'static str> = HashMap::with_hasher(crate::hash::keys());
        let mut points = None;
        for line in TEXT.get()?.lines() {
            let (kind, rest) = line.split_once(' ')?;
            match kind {
                "R" => points = Some(table.points.entry(rest).or_default()),
                "G" => {
                    let (number, name) = rest.split_once(' ')?;
                    files.insert(number, name);
                }
                "N" => {
                    let mut words = rest.splitn(5, ' ');
                    let (_, file) = (words.next()?, words.next()?);
                    let (line, takes, name) =
                        (words.next()?.parse().ok()?, words.next()? == "1", words.next()?);
                    let file = files.get(file).copied().unwrap_or_default();
                    table.functions.push(Function { name, file, line, takes });
                }
                _ => {
                    let mut words = rest.split(' ');
                    let mut number = || words.next()?.parse().ok();
                    let (rust, go) = (number()?, number()?);
                    let function = number().map(|n| n as usize);
                    points.as_mut()?.push(Point { rust, go, function });
                }
            }
        }
        Some(table)
    }

    /// The Go function that a function item of Rust is: `program::f`, `program::module::f`.
    pub(super) fn declared(&self, item: &str) -> Option<&Function> {
        let path = item.strip_prefix("program::")?;
        let (package, name) = path.rsplit_once("::").unwrap_or(("main", path));
        let name = name.strip_suffix('_').unwrap_or(name);
        self.functions.iter().find(|function| {
            let rest = function.name.strip_suffix(name).and_then(|rest| rest.strip_suffix('.'));
            rest.is_some_and(|path| path.rsplit('/').next() == Some(package))
        })
    }

    /// The Go function, with its number, and line of a line of Rust.
    pub(super) fn find(&self, file: &str, line: u32) -> Option<(usize, &Function, u32)> {
        let points = self.points.get(file.strip_prefix(ROOT)?)?;
        let point = &points[points.partition_point(|p| p.rust <= line).checked_sub(1)?];
        let number = point.function?;
        Some((number, self.functions.get(number)?, point.go))
    }
}
