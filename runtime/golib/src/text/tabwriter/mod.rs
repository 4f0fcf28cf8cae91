//! Go's package `text/tabwriter`: columns of cells that end in tabs are made as wide as their widest cell.
//!
//! Must hold: a column is a run of lines that have a cell there which a tab ends; the last cell of a line belongs to no column.
//! Text is kept until its columns are known.

use goxide_macros::{GoStruct, methods};

use crate::interface::{Error, any};
use crate::io;
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::{Slice, slice};
use crate::string::str;
use crate::unicode::utf8;
use crate::view::{View, zero};

/// HTML tags have no width, entities have that of one character.
pub const FilterHTML: usize = 1;
/// The characters around escaped text are left out.
pub const StripEscape: usize = 2;
/// Padding stands before the text.
pub const AlignRight: usize = 4;
/// Columns of empty cells that no tab ended (but `\v`) are left out.
pub const DiscardEmptyColumns: usize = 8;
/// Empty cells at the start of a line become tabs.
pub const TabIndent: usize = 16;
/// Bars between columns.
pub const Debug: usize = 32;
/// Stands around escaped text.
pub const Escape: i32 = 0xff;

const ESCAPE: u8 = 0xff;

/// A cell of a line.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("text/tabwriter.cell")]
#[repr(C)]
pub struct Cell {
    /// Bytes.
    size: isize,
    /// Characters.
    width: isize,
    /// A tab ended it.
    htab: bool,
}

/// Aligns what is written; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("text/tabwriter.Writer")]
#[repr(C)]
pub struct Writer {
    output: io::Writer,
    minwidth: isize,
    tabwidth: isize,
    padding: isize,
    padchar: u8,
    flags: usize,
    /// The text of all cells.
    buf: Slice<u8>,
    /// As far as the width of the cell is known.
    pos: isize,
    /// The cell that is not ended yet.
    cell: Cell,
    /// What ends escaped text; 0 outside.
    endChar: u8,
    lines: Slice<Slice<Cell>>,
    /// The widths of the columns to the left.
    widths: Slice<isize>,
}

/// A new writer.
pub fn NewWriter(
    output: io::Writer,
    minwidth: isize,
    tabwidth: isize,
    padding: isize,
    padchar: u8,
    flags: usize,
) -> Ptr<Writer> {
    Ptr::new(zero::<Writer>()).Init(output, minwidth, tabwidth, padding, padchar, flags)
}

fn reset(of: Ptr<Writer>) {
    of.buf.set(zero());
    of.pos.set(0);
    of.cell.set(zero());
    of.endChar.set(0);
    of.lines.set(slice([zero()]));
    of.widths.set(zero());
}

fn append(of: Ptr<Writer>, text: &[u8]) {
    of.buf.set((*of.buf).append_bytes(text));
    of.cell.size.set(*of.cell.size + text.len() as isize);
}

fn update_width(of: Ptr<Writer>) {
    let runes = utf8::RuneCount(of.buf.slice_from(*of.pos));
    of.cell.width.set(*of.cell.width + runes);
    of.pos.set(of.buf.len());
}

fn end_escape(of: Ptr<Writer>) {
    match *of.endChar {
        ESCAPE => {
            update_width(of);
            if *of.flags & StripEscape == 0 {
                of.cell.width.set(*of.cell.width - 2);
            }
        }
        b';' => of.cell.width.set(*of.cell.width + 1),
        _ => {}
    }
    of.pos.set(of.buf.len());
    of.endChar.set(0);
}

/// Ends the cell; how many its line has.
fn end_cell(of: Ptr<Writer>, htab: bool) -> isize {
    of.cell.htab.set(htab);
    let last = of.lines.len() - 1;
    let line = (*of.lines[last]).append(of.cell.get());
    of.lines[last].set(line);
    of.cell.set(zero());
    line.len()
}

fn flush(of: Ptr<Writer>) -> Error {
    if *of.cell.size > 0 {
        if *of.endChar != 0 {
            end_escape(of);
        }
        end_cell(of, false);
    }
    let mut out = Vec::new();
    format(of, &mut out, 0, 0, of.lines.len());
    reset(of);
    if out.is_empty() { zero() } else { (*of.output).Write(Slice::from_static(&out)).1 }
}

/// Writes lines, first those before a column, then the column's with the columns to its right. Text is taken from `pos`.
fn format(of: Ptr<Writer>, out: &mut Vec<u8>, pos: isize, first: isize, end: isize) -> isize {
    let (mut pos, mut first) = (pos, first);
    let column = of.widths.len();
    let cell = |line: isize| -> Option<Cell> {
        let line = *of.lines[line];
        (column < line.len() - 1).then(|| line[column].get())
    };
    let mut line = first;
    while line < end {
        if cell(line).is_none() {
            line += 1;
            continue;
        }
        pos = write_lines(of, out, pos, first, line);
        first = line;
        let (mut width, mut discardable) = (*of.minwidth, true);
        while line < end
            && let Some(cell) = cell(line)
        {
            width = width.max(cell.width + *of.padding);
            discardable &= cell.width == 0 && !cell.htab;
            line += 1;
        }
        if discardable && *of.flags & DiscardEmptyColumns != 0 {
            width = 0;
        }
        of.widths.set((*of.widths).append(width));
        pos = format(of, out, pos, first, line);
        of.widths.set(of.widths.slice_to(column));
        first = line;
    }
    write_lines(of, out, pos, first, end)
}

fn write_lines(of: Ptr<Writer>, out: &mut Vec<u8>, pos: isize, first: isize, end: isize) -> isize {
    let mut pos = pos;
    let flags = *of.flags;
    for i in first..end {
        let mut use_tabs = flags & TabIndent != 0;
        for (j, cell) in of.lines[i].range() {
            if j > 0 && flags & Debug != 0 {
                out.push(b'|');
            }
            let width = (j < of.widths.len()).then(|| *of.widths[j]);
            use_tabs &= cell.size == 0;
            let pad = |out: &mut Vec<u8>| {
                if let Some(width) = width {
                    write_padding(of, out, cell.width, width, use_tabs);
                }
            };
            if cell.size == 0 {
                pad(out);
                continue;
            }
            if flags & AlignRight != 0 {
                pad(out);
            }
            out.extend(of.buf.slice(pos, pos + cell.size).iter());
            pos += cell.size;
            if flags & AlignRight == 0 {
                pad(out);
            }
        }
        // The last line is not ended yet.
        if i + 1 < of.lines.len() {
            out.push(b'\n');
        }
    }
    pos
}

fn write_padding(of: Ptr<Writer>, out: &mut Vec<u8>, text: isize, cell: isize, use_tabs: bool) {
    if *of.padchar != b'\t' && !use_tabs {
        return out.extend(std::iter::repeat_n(*of.padchar, (cell - text).max(0) as usize));
    }
    let tab = *of.tabwidth;
    if tab == 0 {
        return;
    }
    let rounded = (cell + tab - 1) / tab * tab;
    let tabs = (rounded - text + tab - 1) / tab;
    out.extend(std::iter::repeat_n(b'\t', tabs.max(0) as usize));
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Writer> {
    pub fn Flush(self) -> Error {
        flush(self)
    }
    pub fn Init(
        self,
        output: io::Writer,
        minwidth: isize,
        tabwidth: isize,
        padding: isize,
        padchar: u8,
        flags: usize,
    ) -> Ptr<Writer> {
        if minwidth < 0 || tabwidth < 0 || padding < 0 {
            panic(any(str("negative minwidth, tabwidth, or padding")));
        }
        // Tabs before the text would align nothing.
        let flags = if padchar == b'\t' { flags & !AlignRight } else { flags };
        self.set(Writer { output, minwidth, tabwidth, padding, padchar, flags, ..zero() });
        reset(self);
        self
    }
    pub fn Write(self, buf: Slice<u8>) -> (isize, Error) {
        let text = buf.to_vec();
        let flags = *self.flags;
        let mut done = 0;
        for (i, &byte) in text.iter().enumerate() {
            if *self.endChar != 0 {
                if byte != *self.endChar {
                    continue;
                }
                let stripped = byte == ESCAPE && flags & StripEscape != 0;
                append(self, &text[done..if stripped { i } else { i + 1 }]);
                done = i + 1;
                end_escape(self);
                continue;
            }
            match byte {
                b'\t' | 0x0b | b'\n' | 0x0c => {
                    append(self, &text[done..i]);
                    update_width(self);
                    done = i + 1;
                    let cells = end_cell(self, byte == b'\t');
                    if !matches!(byte, b'\n' | 0x0c) {
                        continue;
                    }
                    self.lines.set((*self.lines).append(zero()));
                    // A line of one cell is part of no column, and ends all.
                    if byte == 0x0c || cells == 1 {
                        let mut err = flush(self);
                        if crate::interface::Interface::is_nil(err) && byte == 0x0c && flags & Debug != 0 {
                            err = (*self.output).Write(Slice::from_static(b"---\n")).1;
                        }
                        if !crate::interface::Interface::is_nil(err) {
                            return (done as isize, err);
                        }
                    }
                }
                ESCAPE => {
                    append(self, &text[done..i]);
                    update_width(self);
                    done = if flags & StripEscape != 0 { i + 1 } else { i };
                    self.endChar.set(ESCAPE);
                }
                b'<' | b'&' if flags & FilterHTML != 0 => {
                    append(self, &text[done..i]);
                    update_width(self);
                    done = i;
                    self.endChar.set(if byte == b'<' { b'>' } else { b';' });
                }
                _ => {}
            }
        }
        append(self, &text[done..]);
        (buf.len(), zero())
    }
}
