//! Lines: what fits on one is printed so, what does not is broken where rustfmt would break it.
//!
//! Every expression is first printed *flat*, into a printer of its own that gives up on what takes several lines (statements,
//! comments) and on what is too long; only if that fails it is printed *broken*, and its parts are tried flat in their turn.
//! The last argument of a call may begin on the call's line if it is a closure or the only one.
//!
//! Differs from rustfmt's defaults where those waste lines: everything that fits into a line stands on one.

use super::Printer;
use super::expr::Prec;
use crate::ir::{Block, Expr, Stmt};

/// Columns a line may have.
const WIDTH: usize = 100;

const INDENT: usize = 4;

impl Printer {
    /// Where the next character goes.
    fn column(&self) -> usize {
        let line = self.out.rfind('\n').map_or(0, |n| n + 1);
        self.out[line..].chars().count()
    }

    /// The line that this place is in.
    fn line_at(&self, place: usize) -> &str {
        let start = self.out[..place].rfind('\n').map_or(0, |n| n + 1);
        let end = self.out[place..].find('\n').map_or(self.out.len(), |n| place + n);
        &self.out[start..end]
    }

    /// Starts a line.
    pub(super) fn start(&mut self) {
        self.out.extend(std::iter::repeat_n(' ', self.indent * INDENT));
    }

    /// Ends a line and starts the next.
    pub(super) fn line(&mut self) {
        self.out.push('\n');
        self.start();
    }

    /// What `print` prints stands on lines of its own, further in.
    pub(super) fn indented(&mut self, print: impl FnOnce(&mut Printer)) {
        self.indent += 1;
        print(self);
        self.indent -= 1;
    }

    /// An empty line, unless there is one or a block starts here.
    pub(super) fn blank(&mut self) {
        if !(self.out.is_empty() || self.out.ends_with("\n\n") || self.out.ends_with("{\n")) {
            self.out.push('\n');
        }
    }

    /// A comment on lines of its own.
    pub(super) fn comment(&mut self, text: &str) {
        for line in text.lines() {
            self.start();
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// A comment at the end of the line before.
    pub(super) fn trailing(&mut self, text: &str) {
        if !text.contains('\n') {
            self.out.truncate(self.out.trim_end_matches('\n').len());
            self.out.push(' ');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Is there no use in printing on?
    ///
    /// Asked often enough that what fails costs a line, not all that is nested in it: else each level would double the time.
    pub(super) fn has_failed(&self) -> bool {
        self.flat && (self.failed || self.out.len() > 4 * WIDTH)
            || self.hugging.is_some_and(|from| self.line_at(from).chars().count() > WIDTH)
    }

    /// Prints on this line, before `after` characters more, or not at all.
    pub(super) fn fits(&mut self, after: usize, print: impl FnOnce(&mut Printer)) -> bool {
        let Some(text) = flat(print) else { return false };
        let fits = self.column() + text.chars().count() + after <= WIDTH;
        if fits {
            self.out.push_str(&text);
        }
        fits
    }

    /// ` = value` and `after` characters more, on this line or the next.
    pub(super) fn assigned(&mut self, op: &str, value: &Expr, min: Prec, after: usize) {
        self.out.push(' ');
        self.out.push_str(op);
        if self.flat {
            self.out.push(' ');
            return self.expr_at(value, min, after);
        }
        let text = flat(|p| p.expr_at(value, min, 0));
        let room = |column: usize| WIDTH.saturating_sub(column + after);
        let length = text.as_ref().map_or(usize::MAX, |t| t.chars().count());
        if length > room(self.column() + 1) && length <= room((self.indent + 1) * INDENT) {
            self.indented(Printer::line);
            self.out.push_str(&text.unwrap_or_default());
            return;
        }
        self.out.push(' ');
        self.expr_at(value, min, after);
    }

    /// The arguments of a call, the elements of an array and the like.
    pub(super) fn list(&mut self, open: char, items: &[Expr], close: char, after: usize) {
        self.out.push(open);
        if self.flat {
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    self.out.push_str(", ");
                }
                self.expr(item, 0);
                if self.has_failed() {
                    return;
                }
            }
        } else if !items.is_empty() && !self.hugs_last(items, after) {
            self.indented(|p| if items.iter().all(is_short) { p.filled(items) } else { p.one_a_line(items) });
            self.line();
        }
        self.out.push(close);
    }

    /// Numbers and the like, as many on a line as fit.
    fn filled(&mut self, items: &[Expr]) {
        for (i, item) in items.iter().enumerate() {
            let text = flat(|p| p.expr(item, 0)).unwrap_or_default();
            if i == 0 || self.column() + text.chars().count() + 2 > WIDTH {
                self.line();
            } else {
                self.out.push(' ');
            }
            self.out.push_str(&text);
            self.out.push(',');
        }
    }

    fn one_a_line(&mut self, items: &[Expr]) {
        for item in items {
            self.element(item, |p, item| p.expr(item, 1));
        }
    }

    /// An element on a line of its own, with its comments.
    pub(super) fn element(&mut self, item: &Expr, print: impl FnOnce(&mut Printer, &Expr)) {
        let (above, item, behind) = match item {
            Expr::Commented(above, item, behind) => (&above[..], &**item, behind.as_deref()),
            item => (&[][..], item, None),
        };
        for text in above {
            for line in text.lines() {
                self.line();
                self.out.push_str(line.trim_end());
            }
        }
        self.line();
        print(self, item);
        self.out.push(',');
        if let Some(text) = behind {
            self.out.push(' ');
            self.out.push_str(text);
        }
    }

    /// Prints the list with its last item broken, if that may start on this line.
    fn hugs_last(&mut self, items: &[Expr], after: usize) -> bool {
        let Some((last, before)) = items.split_last() else { return false };
        if !(is_closure(last) || before.is_empty() && is_enclosed(last)) {
            return false;
        }
        let start = self.out.len();
        let line = self.out.rfind('\n').map_or(0, |n| n + 1);
        for item in before {
            if !self.fits(2, |p| p.expr(item, 0)) {
                self.out.truncate(start);
                return false;
            }
            self.out.push_str(", ");
        }
        let outer = self.hugging.replace(start);
        self.expr(last, after + 1);
        self.hugging = outer;
        let first = self.out[line..].lines().next().unwrap_or_default();
        let fits = first.chars().count() <= WIDTH && (before.is_empty() || first.ends_with(['{', '(', '|']));
        if !fits {
            self.out.truncate(start);
        }
        fits
    }

    /// A chain of methods, fields and indices that does not fit on a line.
    pub(super) fn chain(&mut self, x: &Expr, after: usize) {
        let mut links = vec![];
        let mut base = x;
        while let Some((link, inner)) = Link::of(base) {
            links.push(link);
            base = inner;
        }
        links.reverse();
        let calls = links.iter().filter(|l| matches!(l, Link::Method(..))).count();
        let last = links.iter().rposition(|l| matches!(l, Link::Method(..)));
        let (start, indent) = (self.out.len(), self.indent);
        if let Some(last) = last
            && let Link::Method(name, args) = links[last]
            && !args.is_empty()
        {
            let hugs = args.last().is_some_and(|a| is_closure(a) || args.len() == 1 && is_enclosed(a));
            let head = |p: &mut Printer| {
                p.operand(base, 0);
                links[..last].iter().for_each(|l| p.link(l, 0));
                p.out.push('.');
                p.out.push_str(name);
            };
            if (hugs || calls == 1) && self.fits(1, head) {
                self.list('(', args, ')', after);
                links[last + 1..].iter().for_each(|l| self.link(l, 0));
                return;
            }
            self.out.truncate(start);
        }
        let leading = links.iter().position(|l| matches!(l, Link::Method(..))).unwrap_or(links.len());
        let is_line = self.fits(0, |p| {
            p.operand(base, 0);
            links[..leading].iter().for_each(|l| p.link(l, 0));
        });
        if !is_line || calls == 0 {
            self.out.truncate(start);
            self.operand(base, after);
            links.iter().for_each(|l| self.link(l, after));
            return;
        }
        self.indent = indent + 1;
        for (i, link) in links.iter().enumerate().skip(leading) {
            if matches!(link, Link::Method(..)) || matches!(links[i - 1], Link::Method(..)) {
                self.line();
            }
            self.link(link, after);
        }
        self.indent = indent;
    }

    fn link(&mut self, link: &Link, after: usize) {
        match link {
            Link::Field(name) => {
                self.out.push('.');
                self.out.push_str(name);
            }
            Link::Index(i) => {
                self.out.push('[');
                self.expr(i, after + 1);
                self.out.push(']');
            }
            Link::Method(name, args) => {
                self.out.push('.');
                self.out.push_str(name);
                self.call_args(args, after);
            }
        }
    }

    /// The arguments of a call whose callee stands there.
    pub(super) fn call_args(&mut self, args: &[Expr], after: usize) {
        if self.flat || !self.fits(after, |p| p.list('(', args, ')', 0)) {
            self.list('(', args, ')', after);
        }
    }

    /// ` {` behind a condition or the like; on a line of its own if that has ended further in.
    pub(super) fn open_brace(&mut self) {
        let line = self.out.rfind('\n').map_or(0, |n| n + 1);
        let spaces = self.out[line..].len() - self.out[line..].trim_start().len();
        if spaces > self.indent * INDENT {
            self.line();
            self.out.push('{');
        } else {
            self.out.push_str(" {");
        }
    }
}

/// What `print` prints, if it is a line.
fn flat(print: impl FnOnce(&mut Printer)) -> Option<String> {
    let mut p = Printer { flat: true, ..Printer::default() };
    print(&mut p);
    (!p.has_failed() && !p.out.contains('\n')).then_some(p.out)
}

/// A part of a chain.
#[derive(Clone, Copy)]
enum Link<'a> {
    Field(&'a str),
    Index(&'a Expr),
    Method(&'a str, &'a [Expr]),
}

impl Link<'_> {
    /// The last link of a chain and what stands before it.
    fn of(x: &Expr) -> Option<(Link<'_>, &Expr)> {
        match x {
            Expr::Field(inner, name) => Some((Link::Field(name), super::expr::field_operand(inner, name))),
            Expr::Index(inner, i) => Some((Link::Index(i), super::expr::through_cell(inner))),
            Expr::Method(recv, name, args) => {
                Some((Link::Method(name, args), super::expr::receiver(recv, name)))
            }
            _ => None,
        }
    }
}

/// A closure with statements, or a call that only wraps one.
fn is_closure(x: &Expr) -> bool {
    match x {
        Expr::Closure { body, .. } => matches!(&**body, Expr::Block(..)),
        Expr::Call(_, args) => matches!(&args[..], [one] if is_closure(one)),
        _ => false,
    }
}

/// Does it end in the bracket that closes what it begins with?
fn is_enclosed(x: &Expr) -> bool {
    match x {
        Expr::Call(..)
        | Expr::Args(_)
        | Expr::Struct(..)
        | Expr::Array(_)
        | Expr::Tuple(_)
        | Expr::Match(..)
        | Expr::If(..)
        | Expr::Block(..) => true,
        Expr::Lit(text) => text.contains('\n'),
        Expr::Method(_, _, args) => !args.is_empty(),
        Expr::Unary(_, x) => is_enclosed(x),
        x => is_closure(x),
    }
}

fn is_short(x: &Expr) -> bool {
    match x {
        Expr::Lit(text) => text.len() <= 10,
        Expr::Unary('-', x) => is_short(x),
        _ => false,
    }
}

/// The only expression in a block, if nothing else is.
pub(super) fn only_value(block: &Block) -> Option<&Expr> {
    match &block.stmts[..] {
        [Stmt::Tail(x)] => Some(x),
        _ => None,
    }
}
