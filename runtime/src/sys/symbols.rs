//! From addresses to functions and lines: what the program's own file tells of them.
//!
//! Lines need a program built with line tables (`debug = "line-tables-only"` is enough); the names of functions are in every program
//! that was not stripped. The file is read once, when first something is asked.

use addr2line::Context;
use addr2line::gimli::{Dwarf, EndianSlice, Error, LittleEndian};

use super::image::Image;
use crate::shim::{Mutex, OnceLock, lock};

type Bytes = EndianSlice<'static, LittleEndian>;

/// A function's frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) function: String,
    /// File and line, if they are known.
    pub(crate) at: Option<(String, u32)>,
}

struct Symbols {
    image: Image,
    lines: Option<Context<Bytes>>,
}

impl Symbols {
    fn read() -> Option<Symbols> {
        let image = Image::read()?;
        let section = |name: &str| Bytes::new(image.section(name), LittleEndian);
        let lines = Dwarf::load(|id| Ok::<_, Error>(section(id.name()))).and_then(Context::from_dwarf);
        Some(Symbols { image, lines: lines.ok() })
    }

    fn frames(&self, probe: u64) -> Vec<Frame> {
        let mut list = Vec::new();
        if let Some(lines) = &self.lines
            && let Ok(mut frames) = lines.find_frames(probe).skip_all_loads()
        {
            while let Ok(Some(frame)) = frames.next() {
                let name = frame.function.as_ref().and_then(|name| name.raw_name().ok());
                let at = frame.location.and_then(|at| Some((at.file?.to_owned(), at.line?)));
                list.extend(name.map(|name| Frame { function: plain(&name), at }));
            }
        }
        if list.is_empty()
            && let Some((.., name)) = self.image.symbol(probe)
        {
            list.push(Frame { function: plain(name), at: None });
        }
        list
    }
}

fn plain(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}

/// The functions at a return address, innermost first: several where some are inlined, none in a library.
pub(crate) fn frames(address: usize) -> Vec<Frame> {
    static SYMBOLS: OnceLock<Option<Mutex<Symbols>>> = OnceLock::new();
    let Some(symbols) = SYMBOLS.get_or_init(|| Symbols::read().map(Mutex::new)) else { return Vec::new() };
    let symbols = lock(symbols);
    // The call is before where it returns to.
    symbols.frames(symbols.image.in_file(address).wrapping_sub(1))
}
