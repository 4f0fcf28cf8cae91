//! `go.mod`: the module's path, its Go version, and where the modules it requires come from
//! (<https://go.dev/ref/mod#go-mod-file>).
//!
//! Always holds: a directive that changes nothing about building (`exclude`, `retract`, `tool`, `toolchain`, `godebug`,
//! `ignore`) is read and left alone; one that nobody knows is an error, as for the go command.

use crate::constraint::GO_MINOR;

/// The language version of a module whose go.mod has no `go` line.
pub const DEFAULT_MINOR: u32 = 16;

/// What a `go.mod` says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Module {
    /// The import path of its root folder.
    pub path: String,
    /// Language version: the N of `go 1.N`.
    pub go_minor: u32,
    /// Required modules and their versions.
    pub require: Vec<Version>,
    /// Replacements.
    pub replace: Vec<Replace>,
}

/// A module in a version; no version means all of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Version {
    /// Module path.
    pub path: String,
    /// `v1.2.3`, or empty.
    pub version: String,
}

/// `replace old => new`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replace {
    /// What is required.
    pub old: Version,
    /// What stands for it: a module in a version, or without one a folder.
    pub new: Version,
}

/// What is wrong with a `go.mod`, and on which line (from 1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The line.
    pub line: u32,
    /// As the go command words it.
    pub text: String,
}

/// Reads the text of a `go.mod`.
///
/// # Errors
/// The first line that cannot be understood.
pub fn parse(text: &str) -> Result<Module, Problem> {
    let mut module = Module { go_minor: DEFAULT_MINOR, ..Module::default() };
    let mut block: Option<String> = None;
    for (i, line) in text.lines().enumerate() {
        let problem = |text: String| Problem { line: i as u32 + 1, text };
        let mut words = words(line).map_err(|text| problem(text.into()))?;
        if block.is_some() && words.first().is_some_and(|w| w == ")") {
            block = None;
            continue;
        }
        if words.is_empty() {
            continue;
        }
        let verb = match &block {
            Some(verb) => verb.clone(),
            None => words.remove(0),
        };
        if block.is_none() && words.len() == 1 && words[0] == "(" {
            block = Some(verb);
            continue;
        }
        module.directive(&verb, &words).map_err(problem)?;
    }
    if block.is_some() {
        return Err(Problem { line: text.lines().count() as u32, text: "unterminated block".into() });
    }
    Ok(module)
}

impl Module {
    fn directive(&mut self, verb: &str, words: &[String]) -> Result<(), String> {
        match verb {
            "module" => match words {
                [path] => self.path.clone_from(path),
                _ => return Err("usage: module module/path".into()),
            },
            "go" => match words {
                [version] => self.go_minor = go_minor(version)?,
                _ => return Err("go directive expects exactly one argument".into()),
            },
            "require" => match words {
                [path, version] => {
                    self.require.push(Version { path: path.clone(), version: version.clone() })
                }
                _ => return Err("usage: require module/path v1.2.3".into()),
            },
            "replace" => self.replace.push(replacement(words)?),
            "exclude" | "retract" | "tool" | "toolchain" | "godebug" | "ignore" => {}
            _ => return Err(format!("unknown directive: {verb}")),
        }
        Ok(())
    }

    /// Where the required module that holds package `import` comes from: the longest module path that fits.
    pub fn provider(&self, import: &str) -> Option<&Version> {
        let fits = self.require.iter().filter(|m| is_below(import, &m.path));
        let module = fits.max_by_key(|m| m.path.len())?;
        let replaced = self.replace.iter().find(|r| {
            r.old.path == module.path && (r.old.version.is_empty() || r.old.version == module.version)
        });
        Some(replaced.map_or(module, |r| &r.new))
    }

    /// The path of the required module that holds package `import`, before any replacement.
    pub fn required(&self, import: &str) -> Option<&str> {
        let fits = self.require.iter().filter(|m| is_below(import, &m.path));
        fits.max_by_key(|m| m.path.len()).map(|m| m.path.as_str())
    }
}

/// Is `path` the folder `root` or something below it?
pub fn is_below(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn replacement(words: &[String]) -> Result<Replace, String> {
    let usage = || "usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => ../local/directory";
    let arrow = words.iter().position(|w| w == "=>").ok_or_else(usage)?;
    let version = |words: &[String]| match words {
        [path] => Ok(Version { path: path.clone(), version: String::new() }),
        [path, version] => Ok(Version { path: path.clone(), version: version.clone() }),
        _ => Err(usage().to_owned()),
    };
    Ok(Replace { old: version(&words[..arrow])?, new: version(&words[arrow + 1..])? })
}

/// The N of `1.N`, `1.N.P` or `1.NrcP`.
fn go_minor(version: &str) -> Result<u32, String> {
    let invalid = || format!("invalid go version '{version}': must match format 1.23");
    let rest = version.strip_prefix("1.").ok_or_else(invalid)?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (minor, patch) = rest.split_at(digits);
    let patch_ok = ["", "."].iter().any(|lead| {
        patch
            .strip_prefix(lead)
            .is_some_and(|p| p.is_empty() == lead.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
    }) || ["rc", "beta"].iter().any(|lead| {
        patch.strip_prefix(lead).is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
    });
    let minor: u32 = minor.parse().map_err(|_| invalid())?;
    if !patch_ok {
        return Err(invalid());
    }
    if minor > GO_MINOR {
        return Err(format!("requires go >= {version} (goxide follows go 1.{GO_MINOR})"));
    }
    Ok(minor)
}

/// The words of a line, comments left out; a word may be quoted.
fn words(line: &str) -> Result<Vec<String>, &'static str> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with("//") {
        let first = rest.chars().next().unwrap_or(' ');
        let (word, after) = match first {
            '"' | '`' => rest[1..].split_once(first).ok_or("unterminated string")?,
            '(' | ')' | ',' => rest.split_at(1),
            _ if rest.starts_with("=>") => rest.split_at(2),
            _ => rest
                .split_at(rest.find(|c: char| c.is_whitespace() || "(),".contains(c)).unwrap_or(rest.len())),
        };
        found.push(word.to_owned());
        rest = after.trim_start();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(path: &str, version: &str) -> Version {
        Version { path: path.into(), version: version.into() }
    }

    #[test]
    fn a_go_mod_is_read() {
        let module = parse(
            "// c\nmodule example.com/m // d\n\ngo 1.22.1\n\nrequire (\n\tgithub.com/a/b v1.2.3\n\texample.org/c v0.1.0 // indirect\n)\n\
             replace github.com/a/b v1.2.3 => ../b\ntoolchain go1.23.0\nretract [v1.0.0, v1.9.9]\n",
        )
        .expect("a good go.mod");
        assert_eq!((module.path.as_str(), module.go_minor), ("example.com/m", 22));
        assert_eq!(module.provider("github.com/a/b/sub"), Some(&version("../b", "")));
        assert_eq!(module.provider("example.org/c"), Some(&version("example.org/c", "v0.1.0")));
        assert_eq!(module.provider("example.org/cc"), None);
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, line, part) in [
            ("module m\ngo 2.1\n", 2, "invalid go version '2.1'"),
            ("module m\ngo 1.99\n", 2, "requires go >= 1.99"),
            ("module m\n\nrequire a\n", 3, "usage: require"),
            ("modul m\n", 1, "unknown directive: modul"),
            ("module m\nrequire (\n", 2, "unterminated block"),
        ] {
            let problem = parse(text).expect_err(text);
            assert_eq!(problem.line, line, "{text}");
            assert!(problem.text.contains(part), "{}", problem.text);
        }
    }
}
