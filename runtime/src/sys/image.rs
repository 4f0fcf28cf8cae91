//! The program's own file: its sections, its symbols, and how far from where the file says it was loaded.
//!
//! Must hold: a file that is not what it should be gives nothing, never a panic.

/// See the module.
#[derive(Debug)]
pub struct Image {
    bytes: &'static [u8],
    sections: Vec<(&'static str, &'static [u8])>,
    /// Functions by address: where each begins and ends, and its name.
    symbols: Vec<(u64, u64, &'static str)>,
    /// What is added to the file's addresses.
    bias: usize,
}

fn word<const N: usize>(bytes: &[u8], at: usize) -> Option<u64> {
    let mut wide = [0; 8];
    wide[..N].copy_from_slice(bytes.get(at..at.checked_add(N)?)?);
    Some(u64::from_le_bytes(wide))
}

fn text(table: &'static [u8], at: usize) -> Option<&'static str> {
    let rest = table.get(at..)?;
    let end = rest.iter().position(|b| *b == 0)?;
    std::str::from_utf8(&rest[..end]).ok()
}

impl Image {
    /// Reads it.
    pub fn read() -> Option<Image> {
        let bytes: &'static [u8] = std::fs::read("/proc/self/exe").ok()?.leak();
        if !bytes.starts_with(b"\x7fELF\x02\x01") {
            return None;
        }
        let mut image = Image { bytes, sections: Vec::new(), symbols: Vec::new(), bias: bias(bytes)? };
        image.read_sections()?;
        image.read_symbols();
        Some(image)
    }

    fn read_sections(&mut self) -> Option<()> {
        let bytes = self.bytes;
        let (table, size) = (word::<8>(bytes, 0x28)? as usize, word::<2>(bytes, 0x3a)? as usize);
        let (count, names) = (word::<2>(bytes, 0x3c)? as usize, word::<2>(bytes, 0x3e)? as usize);
        let section = |i: usize| {
            let at = table + i * size;
            let (name, kind) = (word::<4>(bytes, at)? as usize, word::<4>(bytes, at + 4)?);
            let (from, length) =
                (word::<8>(bytes, at + 0x18)? as usize, word::<8>(bytes, at + 0x20)? as usize);
            /// A section without bytes in the file.
            const NOBITS: u64 = 8;
            let content = if kind == NOBITS { &[] } else { bytes.get(from..from.checked_add(length)?)? };
            Some((name, content))
        };
        let (_, names) = section(names)?;
        self.sections = (0..count)
            .filter_map(|i| {
                let (name, content) = section(i)?;
                Some((text(names, name)?, content))
            })
            .collect();
        Some(())
    }

    fn read_symbols(&mut self) {
        /// Bytes of a symbol.
        const SIZE: usize = 24;
        const FUNCTION: u8 = 2;
        let (table, names) = (self.section(".symtab"), self.section(".strtab"));
        let symbol = |entry: &[u8]| {
            let (name, from, size) = (word::<4>(entry, 0)?, word::<8>(entry, 8)?, word::<8>(entry, 16)?);
            let is_function = entry[4] & 15 == FUNCTION && from > 0;
            Some((from, from + size, text(names, name as usize)?)).filter(|_| is_function)
        };
        self.symbols = table.chunks_exact(SIZE).filter_map(symbol).collect();
        self.symbols.sort_unstable();
    }

    /// The bytes of a section; none if it is absent.
    pub fn section(&self, name: &str) -> &'static [u8] {
        self.sections.iter().find(|(n, _)| *n == name).map_or(&[], |(_, content)| content)
    }

    /// An address in memory as the file has it.
    pub fn in_file(&self, address: usize) -> u64 {
        address.wrapping_sub(self.bias) as u64
    }

    /// An address of the file in memory.
    pub fn in_memory(&self, address: u64) -> usize {
        (address as usize).wrapping_add(self.bias)
    }

    /// The function that an address of the file is in: where it begins and ends, and its symbol.
    pub fn symbol(&self, address: u64) -> Option<(u64, u64, &'static str)> {
        let after = self.symbols.partition_point(|(from, ..)| *from <= address);
        let (from, to, name) = self.symbols[..after].last()?;
        (address < *to).then_some((*from, *to, *name))
    }

    /// All functions.
    pub fn symbols(&self) -> impl Iterator<Item = (u64, u64, &'static str)> {
        self.symbols.iter().copied()
    }
}

/// How far from where the file says it was loaded: by the program headers, whose address the system tells.
fn bias(bytes: &[u8]) -> Option<usize> {
    const PHDR: u64 = 3;
    let told = std::fs::read("/proc/self/auxv").ok()?;
    let told = told.chunks_exact(16).find(|pair| word::<8>(pair, 0) == Some(PHDR))?;
    let (table, size) = (word::<8>(bytes, 0x20)? as usize, word::<2>(bytes, 0x36)? as usize);
    let count = word::<2>(bytes, 0x38)? as usize;
    /// Headers of loaded parts, and the one of the table itself.
    const LOAD: u64 = 1;
    const TABLE: u64 = 6;
    let header = |i: usize, kind: u64| {
        let at = table + i * size;
        (word::<4>(bytes, at)? == kind)
            .then(|| Some((word::<8>(bytes, at + 8)?, word::<8>(bytes, at + 16)?)))?
    };
    let written = (0..count).find_map(|i| header(i, TABLE)).map(|(_, address)| address).or_else(|| {
        let (offset, address) = (0..count).find_map(|i| header(i, LOAD))?;
        Some(address + (table as u64).wrapping_sub(offset))
    })?;
    Some((word::<8>(told, 8)? as usize).wrapping_sub(written as usize))
}
