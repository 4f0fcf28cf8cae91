//! A trace as JSON in the Trace Event Format, which Perfetto (<https://ui.perfetto.dev>) and `chrome://tracing` show.
//!
//! One track for each worker (`tid` is its number), for each other thread that did something, and for the world. A turn of a goroutine
//! is a slice named by its function; `then` says why it ended. Flows (`ph` `s` and `f`) lead from a start or a wake-up to the turn
//! that it caused. A flow's number is one of this file: goroutines have none, and the same one has another number each time.
//!
//! Must hold: whatever the events are, the JSON is valid.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::panic::Location;

use super::log::{Event, Kind, Stop};
use super::{MAIN, THREADS, WORLD};

/// What is known beside the events.
pub(super) struct Trace<'a> {
    pub(super) since: u64,
    pub(super) sites: &'a [(&'static str, &'static Location<'static>)],
    pub(super) threads: &'a [String],
    pub(super) dropped: u64,
}

const FLOWS: &str = "A flow arrow leads from the start or the wake-up of a goroutine to the turn that it caused. \
     Flow numbers name arrows of this file, not goroutines: those have no identity.";

impl Trace<'_> {
    pub(super) fn write(&self, mut events: Vec<Event>, mut out: impl Write) -> io::Result<()> {
        // What causes comes before what it causes.
        events.sort_by_key(|event| (event.time, event.kind));
        write!(out, "{{\"displayTimeUnit\":\"ns\",\"otherData\":{{\"version\":")?;
        text(&mut out, concat!("goxide ", env!("CARGO_PKG_VERSION")))?;
        write!(out, ",\"dropped\":{},\"flows\":", self.dropped)?;
        text(&mut out, FLOWS)?;
        write!(out, "}},\"traceEvents\":[")?;
        write!(
            out,
            "\n{{\"ph\":\"M\",\"pid\":1,\"tid\":0,\"name\":\"process_name\",\"args\":{{\"name\":\"goxide\"}}}}"
        )?;
        for track in events.iter().map(|event| event.track).collect::<BTreeSet<_>>() {
            self.track(&mut out, track)?;
        }
        let (mut sites, mut flows, mut next) = (HashMap::new(), HashMap::new(), 0u64);
        for event in &events {
            match event.kind {
                Kind::Spawn | Kind::Wake => {
                    next += 1;
                    flows.insert(event.subject, next);
                    if event.kind == Kind::Spawn {
                        sites.insert(event.subject, event.end as usize);
                    }
                    if event.kind == Kind::Spawn && self.is_main(event.end) {
                        flows.remove(&event.subject);
                        continue;
                    }
                    let name = if event.kind == Kind::Spawn { "go" } else { "wake" };
                    if event.track >= THREADS {
                        // An arrow begins at a slice; a thread that is no worker has none of its own.
                        self.slice(&mut out, event, 1, name, "thread", "")?;
                    }
                    self.flow(&mut out, event, 's', name, next)?;
                }
                Kind::Run => {
                    let site = sites.get(&event.subject).and_then(|site| self.sites.get(*site));
                    let (name, started) = match site {
                        Some((MAIN, _)) => (MAIN.to_owned(), String::new()),
                        Some((name, at)) => (readable(name, at), format!("{}:{}", at.file(), at.line())),
                        None => ("a goroutine started before the trace".to_owned(), String::new()),
                    };
                    let then = match event.stop {
                        Stop::Yield => "runnable",
                        Stop::End => "ended",
                        Stop::Running => "running",
                        Stop::Park(reason) => reason.text(),
                    };
                    let mut arguments = Vec::new();
                    write!(arguments, "\"then\":")?;
                    text(&mut arguments, then)?;
                    if !started.is_empty() {
                        write!(arguments, ",\"started at\":")?;
                        text(&mut arguments, &started)?;
                    }
                    let arguments = String::from_utf8_lossy(&arguments);
                    self.slice(&mut out, event, event.end, &name, "goroutine", &arguments)?;
                    if let Some(flow) = flows.remove(&event.subject) {
                        self.flow(&mut out, event, 'f', "wake", flow)?;
                    }
                    if event.stop == Stop::End {
                        sites.remove(&event.subject);
                    }
                }
                Kind::Steal => {
                    let what = format!("steal from worker {}", event.subject);
                    self.instant(&mut out, event, &what)?;
                }
                Kind::Sleep => self.slice(&mut out, event, event.end, "sleep", "worker", "")?,
                Kind::Timers | Kind::Network => {
                    let name = if event.kind == Kind::Timers { "timers fire" } else { "network is ready" };
                    let count = format!("\"count\":{}", event.subject);
                    self.slice(&mut out, event, event.end, name, "worker", &count)?;
                }
                Kind::Call => self.slice(&mut out, event, event.end, "blocking call", "thread", "")?,
                Kind::World => self.slice(&mut out, event, event.end, "world stopped", "world", "")?,
            }
        }
        out.write_all(b"\n]}\n")?;
        out.flush()
    }

    fn is_main(&self, site: u64) -> bool {
        self.sites.get(site as usize).is_some_and(|(name, _)| *name == MAIN)
    }

    fn track(&self, out: &mut impl Write, track: u32) -> io::Result<()> {
        let name = match track {
            ..THREADS => format!("worker {track}"),
            THREADS..WORLD => {
                let name = (track - THREADS).checked_sub(1).and_then(|i| self.threads.get(i as usize));
                name.map_or("a thread", String::as_str).to_owned()
            }
            _ => "world".to_owned(),
        };
        write!(
            out,
            ",\n{{\"ph\":\"M\",\"pid\":1,\"tid\":{track},\"name\":\"thread_name\",\"args\":{{\"name\":"
        )?;
        text(out, &name)?;
        write!(
            out,
            "}}}},\n{{\"ph\":\"M\",\"pid\":1,\"tid\":{track},\"name\":\"thread_sort_index\",\"args\":"
        )?;
        write!(out, "{{\"sort_index\":{track}}}}}")
    }

    /// The beginning of an event: all that every kind has.
    fn begin(&self, out: &mut impl Write, event: &Event, phase: char, name: &str) -> io::Result<()> {
        write!(out, ",\n{{\"ph\":\"{phase}\",\"pid\":1,\"tid\":{},\"ts\":", event.track)?;
        microseconds(out, event.time.saturating_sub(self.since))?;
        write!(out, ",\"name\":")?;
        text(out, name)
    }

    fn slice(
        &self,
        out: &mut impl Write,
        event: &Event,
        end: u64,
        name: &str,
        category: &str,
        arguments: &str,
    ) -> io::Result<()> {
        self.begin(out, event, 'X', name)?;
        write!(out, ",\"cat\":\"{category}\",\"dur\":")?;
        microseconds(out, end.saturating_sub(event.time).max(1))?;
        if !arguments.is_empty() {
            write!(out, ",\"args\":{{{arguments}}}")?;
        }
        write!(out, "}}")
    }

    fn instant(&self, out: &mut impl Write, event: &Event, name: &str) -> io::Result<()> {
        self.begin(out, event, 'i', name)?;
        write!(out, ",\"cat\":\"worker\",\"s\":\"t\"}}")
    }

    fn flow(
        &self,
        out: &mut impl Write,
        event: &Event,
        phase: char,
        name: &str,
        flow: u64,
    ) -> io::Result<()> {
        // Both ends of an arrow have the same name.
        let name = if phase == 's' && name == "go" { "wake" } else { name };
        self.begin(out, event, phase, name)?;
        write!(out, ",\"cat\":\"flow\",\"id\":{flow}")?;
        if phase == 'f' {
            write!(out, ",\"bp\":\"e\"")?;
        }
        write!(out, "}}")
    }
}

/// Microseconds with all their nanoseconds.
fn microseconds(out: &mut impl Write, nanoseconds: u64) -> io::Result<()> {
    write!(out, "{}.{:03}", nanoseconds / 1000, nanoseconds % 1000)
}

/// What a goroutine is called: by its function, and by the line where it is started since a function may start several.
fn readable(name: &str, at: &Location<'_>) -> String {
    // What the runtime starts for somebody has no line of the program.
    let runtime = file!().trim_end_matches("sched/trace/json.rs");
    if at.file().starts_with(runtime) {
        return name.to_owned();
    }
    let file = at.file().rsplit('/').next().unwrap_or_default();
    if name.starts_with("goxide::") {
        return format!("goroutine of {file}:{}", at.line());
    }
    format!("{name} {file}:{}", at.line())
}

/// A string of JSON.
fn text(out: &mut impl Write, text: &str) -> io::Result<()> {
    write!(out, "\"")?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(out, "\\{c}")?,
            c if c < ' ' => write!(out, "\\u{:04x}", u32::from(c))?,
            c => write!(out, "{c}")?,
        }
    }
    write!(out, "\"")
}
