//! From addresses to Go functions, by line tables and the table of positions.
//!
//! Must hold: one lock, and nothing of Go runs under it; what is found stays for the rest of the program.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use addr2line::Context;
use addr2line::gimli::{Dwarf, EndianSlice, Error, LittleEndian};
use goxide::__private::Image;

use super::names;
use super::positions::{Function, Table};
use super::{Frame, LEVEL, own};

type Slice = EndianSlice<'static, LittleEndian>;

/// All that is known of the program.
struct Symbols {
    image: Image,
    lines: Context<Slice>,
    table: Table,
    /// The Go functions at an address, innermost first.
    known: HashMap<usize, Vec<Frame>>,
}

static SYMBOLS: Mutex<Option<Symbols>> = Mutex::new(None);

/// A name in the table that stands for the function around: its closure is no function of its own.
const AROUND: char = '=';

fn symbols() -> MutexGuard<'static, Option<Symbols>> {
    let mut symbols = SYMBOLS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if symbols.is_none() {
        *symbols = Symbols::read();
    }
    symbols
}

/// The places of the Go functions at these return addresses.
pub(super) fn places(addresses: &[usize]) -> Vec<usize> {
    let mut symbols = symbols();
    let Some(symbols) = symbols.as_mut() else { return Vec::new() };
    let mut list = Vec::new();
    // The function that the last closure belongs to: it is shown where the closure is.
    let mut around: Option<&str> = None;
    for &address in addresses {
        for (level, frame) in symbols.frames(address).iter().enumerate() {
            let name = frame.function.trim_start_matches(AROUND);
            if around.take_if(|around| *around == name).is_some() {
                continue;
            }
            around = frame.function.starts_with(AROUND).then_some(name);
            list.push(address | level << LEVEL);
        }
    }
    list
}

/// The Go function at a place.
pub(crate) fn frame(place: usize) -> Option<Frame> {
    if let Some(function) = own(place) {
        return Some(Frame { function, file: "", line: 0, entry: place, declared: 0, takes: false });
    }
    let (address, level) = (place & ((1 << LEVEL) - 1), place >> LEVEL);
    let mut symbols = symbols();
    let symbols = symbols.as_mut()?;
    let frame = *symbols.frames(address).get(level)?;
    Some(Frame { function: frame.function.trim_start_matches(AROUND), ..frame })
}

/// The Go function that begins at an address.
pub(crate) fn entry(address: usize) -> Option<Frame> {
    let mut symbols = symbols();
    let symbols = symbols.as_mut()?;
    let (from, to, name) = symbols.image.symbol(symbols.image.in_file(address))?;
    if symbols.image.in_memory(from) != address {
        return None;
    }
    let found = symbols.function(from, to).or_else(|| {
        // The code that calls a function item as a function value names it.
        let wanted = names::called(name)?;
        let found = symbols.image.symbols().find(|(.., name)| names::plain(name) == wanted);
        // nothing is left of one that does nothing
        match found {
            Some((from, to, _)) => symbols.function(from, to),
            None => {
                symbols.table.declared(&wanted).map(|function| Frame::of(function, function.line, address))
            }
        }
    });
    found.map(|frame| Frame { entry: address, ..frame })
}

/// Can frames be found at all?
pub(super) fn are_known() -> bool {
    symbols().is_some()
}

impl Frame {
    fn of(function: &Function, line: u32, entry: usize) -> Frame {
        let Function { name, file, line: declared, takes } = *function;
        Frame { function: name, file, line, entry, declared, takes }
    }
}

impl Symbols {
    /// None for a program without line tables.
    fn read() -> Option<Symbols> {
        let table = Table::read()?;
        let image = Image::read()?;
        let section = |name: &str| Slice::new(image.section(name), LittleEndian);
        let dwarf = Dwarf::load(|id| Ok::<_, Error>(section(id.name()))).ok()?;
        let lines = Context::from_dwarf(dwarf).ok()?;
        Some(Symbols { image, lines, table, known: HashMap::with_hasher(crate::hash::keys()) })
    }

    /// The Go functions at a return address, innermost first.
    fn frames(&mut self, address: usize) -> &[Frame] {
        if !self.known.contains_key(&address) {
            // The call is before where it returns to.
            let probe = self.image.in_file(address).wrapping_sub(1);
            let found = self.find(probe).into_iter().map(|(_, frame)| frame).collect();
            self.known.insert(address, found);
        }
        &self.known[&address]
    }

    /// The Go functions at an address of the file, innermost first, with their numbers.
    fn find(&self, probe: u64) -> Vec<(usize, Frame)> {
        let mut list = Vec::new();
        let Some((from, ..)) = self.image.symbol(probe) else { return list };
        let entry = self.image.in_memory(from);
        let Ok(mut frames) = self.lines.find_frames(probe).skip_all_loads() else { return list };
        while let Ok(Some(frame)) = frames.next() {
            let Some((file, line)) = frame.location.and_then(|at| at.file.zip(at.line)) else { continue };
            let Some((number, function, line)) = self.table.find(file, line) else { continue };
            if !function.name.is_empty() {
                list.push((number, Frame::of(function, line, entry)));
            }
        }
        list
    }

    /// The Go function whose code this is. A literal's code begins on a line that is also its outer function's, which is told
    /// apart by beginning earlier.
    fn function(&self, from: u64, to: u64) -> Option<Frame> {
        let rows = self.lines.find_location_range(from, to).ok()?;
        let found = rows.filter_map(|(address, ..)| self.find(address).pop());
        let (_, frame) = found.max_by_key(|(number, _)| *number)?;
        let function = frame.function.trim_start_matches(AROUND);
        Some(Frame { function, line: frame.declared, ..frame })
    }
}
