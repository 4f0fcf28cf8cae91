//! Where addresses that belong to a thread go in compiled functions: forwards through registers and stack slots, over calls, into callees and out of them.
//!
//! A value is of no interest, a thread's, or one from before a call that may have waited. Using such a stale one (as the address of
//! memory, as an argument, stored, returned) is an offence. They come from loads through `%fs` - the thread's own address, of which those of its variables
//! are made, or a word of its, such as where its worker lies - and from functions of [`SOURCES`].
//!
//! What may wait: the switch of stacks, which loads the stack pointer from memory; who calls it, directly, or calls something unknown (a pointer, a
//! table of methods). Functions that do not return end a path. Not followed: what is stored behind pointers, and what
//! is loaded through a thread's address.

use crate::binary::{Binary, Function, Target};
use iced_x86::{
    FlowControl, Instruction, InstructionInfoFactory, Mnemonic, OpAccess, OpKind, Register, UsedMemory,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Functions of libraries that return an address of the calling thread's.
const SOURCES: [&str; 2] = ["__errno_location", "__tls_get_addr"];
/// Functions of libraries that do not return.
const ENDS: [&str; 9] = [
    "abort",
    "_exit",
    "exit",
    "pthread_exit",
    "_Unwind_Resume",
    "__stack_chk_fail",
    "longjmp",
    "siglongjmp",
    "__assert_fail",
];

/// Not a thread's: 0; [`ADDRESS`] or [`WORD`] of the thread that runs; greater: the same plus four times the address of the call that
/// it was kept over, which may have waited.
type Value = u64;
const WORD: Value = 1;
const ADDRESS: Value = 2;
/// From here on it is stale.
const STALE: Value = 4;

/// No number of calls.
const NEVER: u32 = u32::MAX;

const ARGUMENTS: [Register; 6] =
    [Register::RDI, Register::RSI, Register::RDX, Register::RCX, Register::R8, Register::R9];
const KEPT: [Register; 6] =
    [Register::RBX, Register::RBP, Register::R12, Register::R13, Register::R14, Register::R15];

/// One use of an address that may be another thread's by now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offence {
    /// In which function.
    pub function: String,
    /// What is done with it.
    pub kind: &'static str,
    /// By which instruction.
    pub address: u64,
    /// Where the call stands that may have waited.
    pub call: u64,
    /// What it calls, and what that calls, up to a switch or a pointer.
    pub callee: String,
}

/// What is known in front of an instruction.
#[derive(Clone, Default, PartialEq)]
struct State {
    registers: BTreeMap<Register, Value>,
    /// By the frame they lie in and their distance from where the stack pointer was at its beginning, in words.
    slots: BTreeMap<(u8, i64), Value>,
    stack: Option<(u8, i64)>,
    frame: Option<(u8, i64)>,
}

fn join_maps<K: Ord + Copy>(into: &mut BTreeMap<K, Value>, from: &BTreeMap<K, Value>) -> bool {
    let mut changed = false;
    for (key, value) in from {
        let old = into.entry(*key).or_default();
        changed |= value > old;
        *old = *value.max(old);
    }
    changed
}

impl State {
    fn join(&mut self, other: &State) -> bool {
        let before = (self.stack, self.frame);
        if self.stack.is_none() {
            self.stack = other.stack;
        }
        if self.frame != other.frame {
            self.frame = None;
        }
        let registers = join_maps(&mut self.registers, &other.registers);
        join_maps(&mut self.slots, &other.slots) || registers || before != (self.stack, self.frame)
    }

    fn register(&self, register: Register) -> Value {
        self.registers.get(&register.full_register()).copied().unwrap_or(0)
    }

    fn set(&mut self, register: Register, value: Value) {
        if value == 0 {
            self.registers.remove(&register.full_register());
        } else {
            self.registers.insert(register.full_register(), value);
        }
    }

    /// The slots that a piece of memory covers, if it lies in the frame.
    fn covered(&self, memory: &UsedMemory) -> Option<Vec<(u8, i64)>> {
        if memory.index() != Register::None || memory.segment() == Register::FS {
            return None;
        }
        let (frame, at) = match memory.base() {
            Register::RSP => self.stack?,
            Register::RBP => self.frame?,
            _ => return None,
        };
        let from = at + memory.displacement() as i64;
        let bytes = memory.memory_size().size().max(1) as i64;
        Some((from.div_euclid(8)..=(from + bytes - 1).div_euclid(8)).map(|word| (frame, word)).collect())
    }

    /// The same without words: for what unwinding goes on at, of which it is not known from which call it does.
    fn addresses(&self) -> State {
        let mut state = self.clone();
        state.registers.retain(|_, value| *value % STALE != WORD);
        state.slots.retain(|_, value| *value % STALE != WORD);
        state
    }

    /// What is kept over something that may have waited is another thread's from then on.
    fn age(&mut self, call: u64) {
        for value in self.registers.values_mut().chain(self.slots.values_mut()).filter(|v| **v < STALE) {
            *value += STALE * call;
        }
    }
}

/// A program with what is known of its functions.
pub struct Flow<'a> {
    binary: &'a Binary,
    calls: Vec<Vec<(usize, Target)>>,
    returns: Vec<bool>,
    /// How many calls away from a switch or a pointer; the greatest number: it does not wait.
    waits: Vec<u32>,
    /// Functions that return a thread's address, entered with these arguments being such.
    gives: HashSet<(usize, u8)>,
}

impl<'a> Flow<'a> {
    /// `never` says of a function by its name that it does not wait, whatever it calls.
    pub fn new(binary: &'a Binary, never: impl Fn(&str) -> bool) -> Flow<'a> {
        let calls = binary.functions.iter().map(|f| {
            let targets = f.code.iter().enumerate();
            targets.filter_map(|(i, instruction)| Some((i, binary.target(f, instruction)?))).collect()
        });
        let calls: Vec<Vec<(usize, Target)>> = calls.collect();
        let count = binary.functions.len();
        let mut flow = Flow {
            binary,
            calls,
            returns: vec![false; count],
            waits: vec![NEVER; count],
            gives: HashSet::new(),
        };
        flow.find_returns();
        flow.find_waits(never);
        flow
    }

    /// How many functions take the address of a thread, and how many switch stacks.
    pub fn counts(&self) -> (usize, usize) {
        let count = |wanted: fn(&Instruction) -> bool| {
            self.binary.functions.iter().filter(|f| f.code.iter().any(wanted)).count()
        };
        (count(takes), count(is_switch))
    }

    /// Whether this function may wait.
    fn waits(&self, function: usize) -> bool {
        self.waits[function] != NEVER
    }

    fn comes_back(&self, target: Target) -> bool {
        match target {
            Target::Function(f) => self.returns[f],
            Target::Import(i) => !ENDS.contains(&self.binary.imports[i].as_str()),
            Target::Unknown => true,
        }
    }

    fn find_returns(&mut self) {
        let mut changed = true;
        while changed {
            changed = false;
            for f in 0..self.returns.len() {
                if !self.returns[f] && self.reaches_return(f) {
                    self.returns[f] = true;
                    changed = true;
                }
            }
        }
    }

    fn reaches_return(&self, function: usize) -> bool {
        let code = &self.binary.functions[function];
        let targets: HashMap<usize, Target> = self.calls[function].iter().copied().collect();
        let mut seen = vec![false; code.code.len()];
        let mut todo = vec![0];
        while let Some(i) = todo.pop() {
            if i >= seen.len() || std::mem::replace(&mut seen[i], true) {
                continue;
            }
            let instruction = &code.code[i];
            if is_switch(instruction) {
                todo.extend(resumed(code, i));
                continue;
            }
            match (instruction.flow_control(), targets.get(&i)) {
                (FlowControl::Return, _) => return true,
                (FlowControl::Call | FlowControl::IndirectCall, Some(target))
                    if !self.comes_back(*target) => {}
                (FlowControl::UnconditionalBranch | FlowControl::IndirectBranch, Some(target)) => {
                    if self.comes_back(*target) {
                        return true;
                    }
                }
                _ => todo.extend(self.successors(code, i)),
            }
        }
        false
    }

    fn find_waits(&mut self, never: impl Fn(&str) -> bool) {
        let binary = self.binary;
        let mut callers: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut todo = Vec::new();
        let free: Vec<bool> = binary.functions.iter().map(|f| never(&f.name)).collect();
        for (f, function) in binary.functions.iter().enumerate().filter(|(f, _)| !free[*f]) {
            for (_, target) in &self.calls[f] {
                match target {
                    // Nobody goes on here behind one that does not return.
                    Target::Function(callee) if !self.returns[*callee] => {}
                    Target::Function(callee) => callers.entry(*callee).or_default().push(f),
                    Target::Unknown if !calls_own(&function.name) => todo.push(f),
                    Target::Unknown => {}
                    Target::Import(_) => {}
                }
            }
            if function.code.iter().any(is_switch) {
                todo.push(f);
            }
        }
        let mut distance = 0;
        while !todo.is_empty() {
            todo.retain(|f| self.waits[*f] == NEVER);
            for f in &todo {
                self.waits[*f] = distance;
            }
            todo = todo.iter().flat_map(|f| callers.get(f).into_iter().flatten()).copied().collect();
            distance += 1;
        }
    }

    /// Where control goes within the function.
    fn successors(&self, function: &Function, i: usize) -> Vec<usize> {
        let instruction = &function.code[i];
        let branch = || function.index(instruction.near_branch_target());
        match instruction.flow_control() {
            FlowControl::Return | FlowControl::Exception => Vec::new(),
            FlowControl::UnconditionalBranch => branch().into_iter().collect(),
            FlowControl::ConditionalBranch => branch().into_iter().chain([i + 1]).collect(),
            FlowControl::IndirectBranch => {
                self.binary.tables(function).into_iter().filter_map(|t| function.index(t)).collect()
            }
            _ => vec![i + 1],
        }
    }

    /// All offences, in the order of functions.
    pub fn offences(&mut self) -> Vec<Offence> {
        let mut found = HashSet::new();
        let mut entries: HashSet<(usize, u8)> = (0..self.returns.len()).map(|f| (f, 0)).collect();
        loop {
            let before = (entries.len(), self.gives.len());
            for (f, arguments) in entries.clone() {
                if arguments == 0 && !self.has_source(f) {
                    continue;
                }
                self.follow(f, arguments, &mut entries, &mut found);
            }
            if before == (entries.len(), self.gives.len()) {
                break;
            }
        }
        let mut found: Vec<Offence> = found.into_iter().collect();
        found.sort();
        found
    }

    fn callee(&self, function: usize, call: u64) -> String {
        let index = self.binary.functions[function].index(call);
        match self.calls[function].iter().find(|(i, _)| Some(*i) == index) {
            Some((_, Target::Function(f))) => self.why(*f),
            Some(_) => "a pointer".into(),
            None => "the switch".into(),
        }
    }

    fn has_source(&self, function: usize) -> bool {
        let code = &self.binary.functions[function].code;
        code.iter().any(takes) || self.calls[function].iter().any(|(_, target)| self.is_source(*target, 0))
    }

    fn is_source(&self, target: Target, arguments: u8) -> bool {
        match target {
            Target::Function(f) => self.gives.contains(&(f, arguments)),
            Target::Import(i) => SOURCES.contains(&self.binary.imports[i].as_str()),
            Target::Unknown => false,
        }
    }

    fn may_wait(&self, target: Target) -> bool {
        match target {
            Target::Function(f) => self.waits(f),
            Target::Import(_) => false,
            Target::Unknown => true,
        }
    }

    /// Why `callee` may wait: the calls from there to a switch or to a pointer.
    fn why(&self, mut at: usize) -> String {
        let mut path = self.binary.functions[at].name.clone();
        while let Some(next) = self.calls[at].iter().find_map(|(_, target)| match target {
            Target::Function(f) if self.waits[*f] < self.waits[at] => Some(*f),
            _ => None,
        }) {
            path = format!("{path} > {}", self.binary.functions[next].name);
            at = next;
        }
        path
    }

    fn follow(
        &mut self,
        function: usize,
        arguments: u8,
        entries: &mut HashSet<(usize, u8)>,
        found: &mut HashSet<Offence>,
    ) {
        let binary = self.binary;
        let code = &binary.functions[function];
        let targets: HashMap<usize, Target> = self.calls[function].iter().copied().collect();
        let free = !self.waits(function);
        let mut factory = InstructionInfoFactory::new();
        let mut states: Vec<Option<State>> = vec![None; code.code.len()];
        let mut first = State { stack: Some((0, 0)), ..State::default() };
        for (bit, register) in ARGUMENTS.into_iter().enumerate() {
            first.set(register, if arguments >> bit & 1 == 1 { ADDRESS } else { 0 });
        }
        let mut todo = vec![(0, first)];
        let mut landing: Option<State> = None;
        let mut landed = 0;
        loop {
            let Some((i, state)) = todo.pop() else {
                // What nothing leads to is where unwinding goes on.
                let Some(landing) = &landing else { break };
                let Some(next) = (landed..states.len()).find(|i| states[*i].is_none()) else { break };
                landed = next + 1;
                let after_end = next > 0
                    && matches!(code.code[next].mnemonic(), Mnemonic::Nop | Mnemonic::Int3 | Mnemonic::Ud2);
                if !after_end {
                    todo.push((next, landing.clone()));
                }
                continue;
            };
            if i >= states.len() {
                continue;
            }
            let changed = match &mut states[i] {
                Some(old) => old.join(&state),
                none => {
                    *none = Some(state);
                    true
                }
            };
            if !changed {
                continue;
            }
            let mut state = states[i].clone().expect("just set");
            let instruction = &code.code[i];
            let mut offend = |kind, value| {
                found.insert(Offence {
                    function: code.name.clone(),
                    kind,
                    address: instruction.ip(),
                    call: value / STALE,
                    callee: self.callee(function, value / STALE),
                });
            };
            if is_switch(instruction) {
                state.registers.clear();
                state.age(instruction.ip());
                todo.extend(resumed(code, i).map(|next| (next, state)));
                continue;
            }
            if let Some(target) = targets.get(&i).copied() {
                let mut given = 0;
                for (bit, register) in ARGUMENTS.into_iter().enumerate() {
                    let value = state.register(register);
                    if value >= STALE {
                        offend("passes", value);
                    }
                    given |= u8::from(value == ADDRESS) << bit;
                }
                match target {
                    Target::Function(f) if given != 0 => {
                        entries.insert((f, given));
                    }
                    Target::Unknown if given != 0 && !free => offend("gives away", STALE * instruction.ip()),
                    _ => {}
                }
                let kept = |register: &Register| KEPT.contains(register);
                state.registers.retain(|register, _| kept(register));
                if self.may_wait(target) && !free {
                    state.age(instruction.ip());
                }
                let jump =
                    !matches!(instruction.flow_control(), FlowControl::Call | FlowControl::IndirectCall);
                if !jump {
                    let addresses = state.addresses();
                    match &mut landing {
                        Some(landing) => {
                            landing.join(&addresses);
                        }
                        none => *none = Some(addresses),
                    }
                }
                if self.is_source(target, given) {
                    if jump {
                        self.gives.insert((function, arguments));
                    }
                    state.set(Register::RAX, ADDRESS);
                }
                if jump {
                    if instruction.flow_control() == FlowControl::ConditionalBranch {
                        todo.push((i + 1, states[i].clone().expect("just set")));
                    }
                } else if self.comes_back(target) {
                    todo.push((i + 1, state));
                }
                continue;
            }
            if instruction.flow_control() == FlowControl::Return {
                match state.register(Register::RAX) {
                    0 | WORD => {}
                    ADDRESS => {
                        self.gives.insert((function, arguments));
                    }
                    value => offend("returns", value),
                }
                continue;
            }
            step(&mut state, instruction, &mut factory, &mut offend);
            todo.extend(self.successors(code, i).into_iter().map(|next| (next, state.clone())));
        }
    }
}

/// The stack pointer out of memory: that is how a switch leaves a stack.
fn is_switch(i: &Instruction) -> bool {
    i.mnemonic() == Mnemonic::Mov && i.op0_register() == Register::RSP && i.op1_kind() == OpKind::Memory
}

/// Where the code behind a switch goes on: it leaves by a return.
fn resumed(function: &Function, switch: usize) -> Option<usize> {
    let end = function.code[switch..].iter().position(|i| i.mnemonic() == Mnemonic::Ret)?;
    Some(switch + end + 1)
}

/// Whether the pointers that this function calls are taken for its own crate's, which does not wait: std's, and what it is made of. What calls
/// whatever closure it is given is not among them.
fn calls_own(name: &str) -> bool {
    const CRATES: [&str; 10] = [
        "std",
        "core",
        "alloc",
        "hashbrown",
        "gimli",
        "addr2line",
        "rustc_demangle",
        "miniz_oxide",
        "crossbeam_deque",
        "crossbeam_epoch",
    ];
    const CLOSURES: [&str; 3] = ["FnOnce", "catch_unwind", "__rust_begin_short_backtrace"];
    let path = name.trim_start_matches(['<', '&']);
    let krate = path.split("::").next().unwrap_or_default();
    CRATES.contains(&krate) && !CLOSURES.iter().any(|closure| name.contains(closure))
}

/// What of the thread's this instruction loads: its own address, at `%fs:0`, or a word of its own. At 40 is what guards stacks, the same for all.
fn taken(i: &Instruction) -> Value {
    const GUARD: u64 = 0x28;
    let loads = i.memory_segment() == Register::FS
        && i.memory_displacement64() != GUARD
        && matches!(i.mnemonic(), Mnemonic::Mov | Mnemonic::Add)
        && i.op0_kind() == OpKind::Register;
    let bare = i.memory_base() == Register::None && i.memory_index() == Register::None;
    match loads {
        false => 0,
        true if bare && i.memory_displacement64() == 0 => ADDRESS,
        true => WORD,
    }
}

fn takes(i: &Instruction) -> bool {
    taken(i) != 0
}

/// Whether an address is still one behind this instruction.
fn keeps(i: &Instruction) -> bool {
    use Mnemonic::*;
    match i.mnemonic() {
        Sub => i.op1_kind() != OpKind::Register && i.op1_kind() != OpKind::Memory,
        Mov | Lea | Add | Or | And | Inc | Dec | Xchg | Push | Pop | Movq | Movd | Movaps | Movups
        | Movapd | Movupd | Movdqa | Movdqu | Movsd | Movss | Movhps | Movlps | Movhpd | Movlpd | Movlhps
        | Movhlps | Punpcklqdq | Punpckhqdq | Unpcklpd | Unpckhpd | Pshufd | Shufps | Shufpd | Pinsrq => true,
        Cmova | Cmovae | Cmovb | Cmovbe | Cmove | Cmovg | Cmovge | Cmovl | Cmovle | Cmovne | Cmovno
        | Cmovnp | Cmovns | Cmovo | Cmovp | Cmovs => true,
        _ => false,
    }
}

fn step(
    state: &mut State,
    i: &Instruction,
    factory: &mut InstructionInfoFactory,
    offend: &mut impl FnMut(&'static str, Value),
) {
    if i.mnemonic() == Mnemonic::Nop {
        return;
    }
    let info = factory.info(i);
    let mut value = taken(i);
    let is_lea = i.mnemonic() == Mnemonic::Lea;
    for memory in info.used_memory().iter().filter(|_| !is_lea) {
        let address = state.register(memory.base()).max(state.register(memory.index()));
        let through_stack = state.covered(memory);
        if address >= STALE && through_stack.is_none() {
            offend("uses", address);
        }
        if reads(memory.access()) {
            for slot in through_stack.iter().flatten() {
                value = value.max(state.slots.get(slot).copied().unwrap_or(0));
            }
        }
    }
    if is_lea {
        value = value.max(state.register(i.memory_base())).max(state.register(i.memory_index()));
    }
    for op in 0..i.op_count() {
        if i.op_kind(op) == OpKind::Register && reads(info.op_access(op)) {
            value = value.max(state.register(i.op_register(op)));
        }
    }
    if !keeps(i) {
        value = 0;
    }
    for memory in info.used_memory().iter().filter(|m| writes(m.access())) {
        match state.covered(memory) {
            Some(slots) => {
                for slot in slots {
                    if value == 0 {
                        state.slots.remove(&slot);
                    } else {
                        state.slots.insert(slot, value);
                    }
                }
            }
            None if value >= STALE => offend("stores", value),
            None => {}
        }
    }
    for register in info.used_registers().iter().filter(|r| writes(r.access())) {
        let register = register.register().full_register();
        if register != Register::RSP {
            state.set(register, if register.is_segment_register() { 0 } else { value });
        }
    }
    move_stack(state, i);
}

fn reads(access: OpAccess) -> bool {
    matches!(access, OpAccess::Read | OpAccess::CondRead | OpAccess::ReadWrite | OpAccess::ReadCondWrite)
}

fn writes(access: OpAccess) -> bool {
    matches!(access, OpAccess::Write | OpAccess::CondWrite | OpAccess::ReadWrite | OpAccess::ReadCondWrite)
}

/// Where the stack pointer and the frame pointer are afterwards.
fn move_stack(state: &mut State, i: &Instruction) {
    let to_stack = i.op_count() > 0 && i.op0_kind() == OpKind::Register && i.op0_register() == Register::RSP;
    let to_frame = i.op_count() > 0 && i.op0_kind() == OpKind::Register && i.op0_register() == Register::RBP;
    match i.mnemonic() {
        Mnemonic::Push | Mnemonic::Pop => {
            if let Some((_, at)) = &mut state.stack {
                *at += i64::from(i.stack_pointer_increment());
            }
            if i.mnemonic() == Mnemonic::Pop && to_frame {
                state.frame = None;
            }
        }
        Mnemonic::Mov
            if to_frame && i.op1_kind() == OpKind::Register && i.op1_register() == Register::RSP =>
        {
            state.frame = state.stack;
        }
        Mnemonic::Lea if to_frame && i.memory_base() == Register::RSP => {
            state.frame = state.stack.map(|(frame, at)| (frame, at + i.memory_displacement64() as i64));
        }
        Mnemonic::Sub | Mnemonic::Add if to_stack => match i.try_immediate(1) {
            Ok(bytes) => {
                let bytes = bytes as i64;
                if let Some((_, at)) = &mut state.stack {
                    *at += if i.mnemonic() == Mnemonic::Add { bytes } else { -bytes };
                }
            }
            Err(_) => state.stack = None,
        },
        Mnemonic::Lea if to_stack && i.memory_base() == Register::RSP => {
            if let Some((_, at)) = &mut state.stack {
                *at += i.memory_displacement64() as i64;
            }
        }
        Mnemonic::Lea if to_stack && i.memory_base() == Register::RBP => {
            state.stack = state.frame.map(|(frame, at)| (frame, at + i.memory_displacement64() as i64));
        }
        // A stack that is taken up again: above what the switch pushed there come two words of its caller's.
        Mnemonic::Lea if to_stack => {
            if let Some((_, at)) = &mut state.stack {
                *at += 16;
            }
        }
        Mnemonic::And if to_stack => state.stack = Some((1, 0)),
        Mnemonic::Mov if to_stack && i.op1_register() == Register::RBP => state.stack = state.frame,
        _ if to_frame && !matches!(i.mnemonic(), Mnemonic::Cmp | Mnemonic::Test) => state.frame = None,
        _ => {}
    }
}
