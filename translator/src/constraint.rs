//! Which files belong to a build for Linux on amd64: by their names and their `//go:build` lines
//! (<https://pkg.go.dev/cmd/go#hdr-Build_constraints>).
//!
//! Always holds: cgo is off, so files that import "C" are left out where a pure Go twin exists.

/// Newest Go release whose language and library we follow, for `go1.N` tags.
pub const GO_MINOR: u32 = 27;

/// The experiments that Go 1.27 has switched on for linux/amd64.
const EXPERIMENTS: &[&str] = &[
    "dwarf5",
    "greenteagc",
    "jsonv2",
    "randomizedheapbase64",
    "regabiargs",
    "regabiwrappers",
    "sizespecializedmalloc",
];

/// Operating systems and processors that file names may end in; a name with another than ours is left out.
const SYSTEMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];
const PROCESSORS: &[&str] = &[
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// Does the file belong to a build for Linux on amd64, by its name and its `//go:build` line?
pub fn is_for_this_build(name: &str, text: &[u8]) -> bool {
    name_fits(name.rsplit('/').next().unwrap_or(name))
        && constraint(text).is_none_or(|text| Constraint { rest: &text }.or())
}

/// `x_GOOS.go`, `x_GOARCH.go`, `x_GOOS_GOARCH.go`; a leading `_` or `.` hides a file.
fn name_fits(name: &str) -> bool {
    if name.starts_with(['_', '.']) {
        return false;
    }
    let mut parts: Vec<&str> = name.trim_end_matches(".go").split('_').skip(1).collect();
    if parts.last().is_some_and(|p| PROCESSORS.contains(p)) && parts.pop() != Some("amd64") {
        return false;
    }
    !parts.last().is_some_and(|p| SYSTEMS.contains(p) && *p != "linux")
}

/// The expression of the `//go:build` line, which stands before the package clause among comments and blank lines.
fn constraint(text: &[u8]) -> Option<String> {
    let mut rest = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    loop {
        rest = rest.trim_ascii_start();
        if rest.starts_with(b"//") {
            let end = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            let (line, after) = rest.split_at(end);
            if let Some(expr) =
                line.strip_prefix(b"//go:build").filter(|e| e.first().is_some_and(u8::is_ascii_whitespace))
            {
                return Some(String::from_utf8_lossy(expr).trim().to_owned());
            }
            rest = after;
        } else if rest.starts_with(b"/*") {
            rest = &rest[rest.windows(2).skip(2).position(|w| w == b"*/")? + 4..];
        } else {
            return None;
        }
    }
}

/// The Go release that the `//go:build` line asks for: the language version of the file, if the line implies one.
pub fn file_version(text: &[u8]) -> Option<u32> {
    let expr = constraint(text)?;
    Constraint { rest: &expr }.version_or()
}

/// Evaluates `a && !b || (c)`.
struct Constraint<'a> {
    rest: &'a str,
}

impl Constraint<'_> {
    fn or(&mut self) -> bool {
        let mut value = self.and();
        while self.eat("||") {
            value |= self.and();
        }
        value
    }

    fn and(&mut self) -> bool {
        let mut value = self.not();
        while self.eat("&&") {
            value &= self.not();
        }
        value
    }

    fn not(&mut self) -> bool {
        if self.eat("!") {
            return !self.not();
        }
        if self.eat("(") {
            let value = self.or();
            self.eat(")");
            return value;
        }
        has_tag(self.tag())
    }

    /// The least release under which `a || b` holds: the smaller of both, none if one of them needs none.
    fn version_or(&mut self) -> Option<u32> {
        let mut version = self.version_and();
        while self.eat("||") {
            let other = self.version_and();
            version = version.zip(other).map(|(a, b)| a.min(b));
        }
        version
    }

    /// `a && b` needs the larger of both.
    fn version_and(&mut self) -> Option<u32> {
        let mut version = self.version_not();
        while self.eat("&&") {
            let other = self.version_not();
            version = version.max(other);
        }
        version
    }

    fn version_not(&mut self) -> Option<u32> {
        if self.eat("!") {
            self.version_not();
            return None;
        }
        if self.eat("(") {
            let version = self.version_or();
            self.eat(")");
            return version;
        }
        self.tag().strip_prefix("go1.")?.parse().ok()
    }

    fn tag(&mut self) -> &str {
        let end = self
            .rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(self.rest.len());
        let (tag, rest) = self.rest.split_at(end);
        self.rest = rest;
        tag
    }

    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        let Some(rest) = self.rest.strip_prefix(token) else { return false };
        self.rest = rest.trim_start();
        true
    }
}

fn has_tag(tag: &str) -> bool {
    if let Some(minor) = tag.strip_prefix("go1.") {
        return minor.parse::<u32>().is_ok_and(|n| n <= GO_MINOR);
    }
    ["linux", "amd64", "amd64.v1", "unix", "gc"].contains(&tag)
        || tag.strip_prefix("goexperiment.").is_some_and(|name| EXPERIMENTS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_constraints_choose_files() {
        for (name, text, expected) in [
            ("a.go", "package a", true),
            ("a_linux.go", "package a", true),
            ("a_windows.go", "package a", false),
            ("a_linux_arm64.go", "package a", false),
            ("linux.go", "package a", true),
            ("_a.go", "package a", false),
            ("a.go", "//go:build ignore\n\npackage a", false),
            ("a.go", "// c\n//go:build linux && (amd64 || arm64) && !cgo\n\npackage a", true),
            ("a.go", "//go:build go1.27\npackage a", true),
            ("a.go", "//go:build go1.28 || !gc\npackage a", false),
            ("a.go", "/* c\n*/ //go:build ignore\n\npackage a", false),
            ("a.go", "package a\n//go:build ignore\n", true),
        ] {
            assert_eq!(is_for_this_build(name, text.as_bytes()), expected, "{name}: {text}");
        }
    }
}
