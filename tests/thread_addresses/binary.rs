//! A compiled program as functions of machine instructions, with calls resolved: an ELF file for x86-64, position independent or not.

use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction, Mnemonic, OpKind, Register};
use object::elf::{R_X86_64_GLOB_DAT, R_X86_64_JUMP_SLOT, R_X86_64_RELATIVE};
use object::{Object, ObjectSection, ObjectSymbol, RelocationFlags, RelocationTarget, SymbolKind};
use std::collections::HashMap;
use std::path::Path;

/// What a call or a jump out of a function leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One of [`Binary::functions`].
    Function(usize),
    /// A function of another library, by its place in [`Binary::imports`].
    Import(usize),
    /// What a register or a table holds.
    Unknown,
}

/// A function of the program.
pub struct Function {
    /// Demangled, without the hash.
    pub name: String,
    /// In order of addresses.
    pub code: Vec<Instruction>,
}

/// A program.
#[derive(Default)]
pub struct Binary {
    /// In order of addresses.
    pub functions: Vec<Function>,
    /// Names of functions of other libraries.
    pub imports: Vec<String>,
    /// What begins at an address.
    begins: HashMap<u64, Target>,
    /// Slots of the table of addresses that the loader fills.
    slots: HashMap<u64, Target>,
    /// Sections that hold tables of jumps: address and contents.
    constants: Vec<(u64, Vec<u8>)>,
}

impl Binary {
    /// The program at `path`, which has its symbols.
    pub fn read(path: &Path) -> Binary {
        let data = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let file = object::File::parse(&*data).expect("an ELF file");
        let mut symbols: Vec<(u64, u64, &str)> = file
            .symbols()
            .filter(|s| s.kind() == SymbolKind::Text && s.size() > 0)
            .map(|s| (s.address(), s.size(), s.name().unwrap_or_default()))
            .collect();
        // Functions of one content share an address: the first name in order stands for all.
        symbols.sort_unstable();
        symbols.dedup_by_key(|(address, ..)| *address);
        let mut binary = Binary::default();
        for section in file.sections().filter(|s| s.name().is_ok_and(|n| n.starts_with(".text"))) {
            let bytes = section.data().expect("contents");
            for &(address, size, name) in &symbols {
                let at = address.checked_sub(section.address()).filter(|at| at + size <= section.size());
                if let Some(at) = at {
                    let name = format!("{:#}", rustc_demangle::demangle(name));
                    binary.add(name, address, &bytes[at as usize..(at + size) as usize]);
                }
            }
        }
        for (slot, relocation) in file.dynamic_relocations().into_iter().flatten() {
            let RelocationFlags::Elf { r_type } = relocation.flags() else { continue };
            let target = match (r_type, relocation.target()) {
                (R_X86_64_RELATIVE, _) => binary.function_at(relocation.addend() as u64),
                (R_X86_64_GLOB_DAT | R_X86_64_JUMP_SLOT, RelocationTarget::Symbol(symbol)) => {
                    let symbols = file.dynamic_symbol_table().expect("its relocations name symbols");
                    let symbol = object::ObjectSymbolTable::symbol_by_index(&symbols, symbol).expect("there");
                    binary.imports.push(symbol.name().unwrap_or_default().to_owned());
                    Some(Target::Import(binary.imports.len() - 1))
                }
                _ => None,
            };
            binary.slots.extend(target.map(|target| (slot, target)));
        }
        // Stubs, which jump to what the loader filled in.
        for section in file.sections().filter(|s| s.name().is_ok_and(|n| n.starts_with(".plt"))) {
            let bytes = section.data().expect("contents");
            let mut begin = section.address();
            for i in Decoder::with_ip(64, bytes, begin, DecoderOptions::NONE) {
                if let (FlowControl::IndirectBranch, Some(target)) = (i.flow_control(), binary.slot(&i)) {
                    binary.begins.insert(begin, target);
                }
                if i.next_ip() % 8 == 0 {
                    begin = i.next_ip();
                }
            }
        }
        for section in file.sections().filter(|s| s.name().is_ok_and(|n| n.starts_with(".rodata"))) {
            binary.constants.push((section.address(), section.data().expect("contents").to_vec()));
        }
        binary
    }

    /// One more function.
    pub fn add(&mut self, name: String, address: u64, bytes: &[u8]) {
        self.begins.insert(address, Target::Function(self.functions.len()));
        let code = Decoder::with_ip(64, bytes, address, DecoderOptions::NONE).into_iter().collect();
        self.functions.push(Function { name, code });
    }

    fn function_at(&self, address: u64) -> Option<Target> {
        self.begins.get(&address).copied()
    }

    /// What the loader fills in where this instruction reads memory.
    fn slot(&self, i: &Instruction) -> Option<Target> {
        let rip = i.memory_base() == Register::RIP;
        rip.then(|| self.slots.get(&i.ip_rel_memory_address()).copied()).flatten()
    }

    /// Where a call leads, or a jump that leaves `function`; none for other instructions.
    pub fn target(&self, function: &Function, instruction: &Instruction) -> Option<Target> {
        let direct = |i: &Instruction| self.function_at(i.near_branch_target()).unwrap_or(Target::Unknown);
        let through = |i: &Instruction| match i.op0_kind() {
            OpKind::Memory => self.slot(i),
            // Loaded once for several calls: the last load before it counts.
            OpKind::Register => {
                let before = &function.code[..function.index(i.ip())?];
                let loads =
                    |l: &&Instruction| l.mnemonic() == Mnemonic::Mov && l.op0_register() == i.op0_register();
                before
                    .iter()
                    .rfind(loads)
                    .filter(|l| l.op1_kind() == OpKind::Memory)
                    .and_then(|l| self.slot(l))
            }
            _ => None,
        };
        match instruction.flow_control() {
            FlowControl::Call => Some(direct(instruction)),
            FlowControl::IndirectCall => Some(through(instruction).unwrap_or(Target::Unknown)),
            FlowControl::UnconditionalBranch | FlowControl::ConditionalBranch
                if !function.holds(instruction.near_branch_target()) =>
            {
                Some(direct(instruction))
            }
            FlowControl::IndirectBranch if instruction.op0_kind() == OpKind::Memory => {
                Some(through(instruction).unwrap_or(Target::Unknown))
            }
            FlowControl::IndirectBranch if self.tables(function).is_empty() => Some(Target::Unknown),
            _ => None,
        }
    }

    /// Where the tables that a function takes the address of lead within it: distances of 32 bits from the table itself.
    pub fn tables(&self, function: &Function) -> Vec<u64> {
        let mut found = Vec::new();
        for instruction in function.code.iter().filter(|i| i.is_ip_rel_memory_operand()) {
            let table = instruction.ip_rel_memory_address();
            for (start, bytes) in &self.constants {
                let Some(at) = table.checked_sub(*start).filter(|at| *at < bytes.len() as u64) else {
                    continue;
                };
                for entry in bytes[at as usize..].chunks_exact(4) {
                    let entry = i32::from_le_bytes(entry.try_into().expect("four bytes"));
                    let target = table.wrapping_add_signed(i64::from(entry));
                    if !function.holds(target) {
                        break;
                    }
                    found.push(target);
                }
            }
        }
        found
    }
}

impl Function {
    /// Whether it has code at this address.
    pub fn holds(&self, address: u64) -> bool {
        let last = self.code.last().map_or(0, Instruction::next_ip);
        self.code.first().is_some_and(|first| (first.ip()..last).contains(&address))
    }

    /// Which instruction begins at this address.
    pub fn index(&self, address: u64) -> Option<usize> {
        self.code.binary_search_by_key(&address, Instruction::ip).ok()
    }
}
