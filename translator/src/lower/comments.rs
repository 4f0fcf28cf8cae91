//! Comments and blank lines, each in its place (design.md section 5, "Output people keep").
//!
//! Comments are handed out in source order: whoever lowers something asks for those before it. A comment inside an
//! expression therefore comes out before the next statement.

use super::Lower;
use crate::ast::{self, ExprId, ExprKind, InterfaceElem};
use crate::ir::{Expr, Item, ItemKind, Stmt};
use crate::source::Pos;

/// How far the comments of the current file have been placed.
#[derive(Clone, Copy, Default)]
pub(super) struct Cursor {
    next: usize,
    /// The line where the last thing ended; 0 at the start of a file.
    line: u32,
}

impl Cursor {
    /// The line where the last thing ended.
    pub(super) fn line(&self) -> u32 {
        self.line
    }
}

/// What stands above a declaration.
#[derive(Default)]
pub(super) struct Lead {
    /// Groups of comments that belong to nothing.
    pub detached: Vec<Vec<String>>,
    /// The comment right above it.
    pub doc: Vec<String>,
}

impl Lower<'_> {
    pub(super) fn start_comments(&mut self) {
        self.comments = Cursor::default();
    }

    /// Skips the comments before `pos`: a place that is lowered out of order.
    pub(super) fn comments_at(&mut self, pos: Pos) {
        let file = self.ast_file();
        self.comments.next = file.comments.partition_point(|c| c.pos < pos);
        self.comments.line = self.map.line(pos);
    }

    /// The comments before `pos` that have not been placed yet, and an empty line where the source has one.
    pub(super) fn comments_before(&mut self, pos: Pos) -> Vec<Stmt> {
        let file = self.ast_file();
        let mut out = vec![];
        while let Some(comment) = file.comments.get(self.comments.next).filter(|c| c.pos < pos) {
            let line = self.map.line(comment.pos);
            if line > self.comments.line + 1 {
                out.push(Stmt::Blank);
            }
            if !is_directive(&comment.text) {
                out.push(Stmt::Comment(dedent(&comment.text)));
            }
            self.comments.line = self.map.line(comment.end);
            self.comments.next += 1;
        }
        let line = self.map.line(pos);
        if line > self.comments.line + 1 {
            out.push(Stmt::Blank);
        }
        self.comments.line = line;
        out
    }

    /// Gives the fields of a struct or the methods of an interface declared as `ty` the comments around them.
    pub(super) fn comments_within(&mut self, kind: &mut ItemKind, ty: ExprId) {
        let span = self.ast(ty).span;
        match (kind, &self.ast(ty).kind) {
            (ItemKind::Struct { fields, end, .. }, ExprKind::StructType(written)) => {
                let mut at = fields.iter_mut();
                let mut opening = self.trailing_comment(span.lo);
                for field in written {
                    let pos = field.names.first().map_or(self.ast(field.ty).span.lo, |n| n.pos);
                    let mut comments: Vec<String> = opening.take().into_iter().collect();
                    comments.extend(self.member_comments(pos));
                    let hi = self.ast(field.tag.unwrap_or(field.ty)).span.hi;
                    let mut inside = texts(self.comments_inside(hi));
                    let trailing = self.trailing_comment(hi);
                    let mut names = at.by_ref().take(field.names.len().max(1)).peekable();
                    if let Some(first) = names.peek_mut() {
                        first.comments = comments;
                        first.comments.append(&mut inside);
                    }
                    if let Some(last) = names.last() {
                        last.trailing = trailing;
                    }
                }
                end.extend(opening);
                end.extend(texts(self.comments_inside(span.hi)));
            }
            (ItemKind::Trait { items, .. }, ExprKind::InterfaceType(written)) => {
                let mut opening = self.trailing_comment(span.lo);
                let mut rest = vec![];
                for elem in written {
                    let pos = match elem {
                        InterfaceElem::Method { name, .. } => name.pos,
                        InterfaceElem::Embed(x) => self.ast(*x).span.lo,
                    };
                    let mut comments: Vec<String> = opening.take().into_iter().collect();
                    comments.extend(self.member_comments(pos));
                    let trailing = self.trailing_comment(pos);
                    let InterfaceElem::Method { name, .. } = elem else {
                        rest.extend(comments.into_iter().chain(trailing));
                        continue;
                    };
                    let name = self.method_name(name.name, Some(self.pkg));
                    let found =
                        items.iter_mut().find(|i| matches!(&i.kind, ItemKind::Fn(f) if f.name == name));
                    if let Some(item) = found {
                        item.comments = comments;
                        item.trailing = trailing;
                    }
                }
                rest.extend(opening);
                rest.extend(texts(self.comments_inside(span.hi)));
                Self::comment_items(vec![rest], items);
            }
            _ => {}
        }
    }

    /// The comments above a field or method; an empty text is an empty line.
    fn member_comments(&mut self, pos: Pos) -> Vec<String> {
        let stmts = self.comments_before(pos);
        let detached = stmts.iter().rposition(|s| matches!(s, Stmt::Blank)).unwrap_or(0);
        let mut out = vec![];
        for (i, stmt) in stmts.into_iter().enumerate() {
            match stmt {
                Stmt::Comment(text) if i >= detached => out.extend(doc_lines(&text, "///")),
                Stmt::Comment(text) => out.push(text),
                _ => out.push(String::new()),
            }
        }
        out
    }

    /// The comments before `pos` that have not been placed yet, without empty lines: those inside of something.
    pub(super) fn comments_inside(&mut self, pos: Pos) -> Vec<Stmt> {
        self.comments_before(pos).into_iter().filter(|s| !matches!(s, Stmt::Blank)).collect()
    }

    /// The statements of a clause, and the comments at its end that are indented more than its `case` at `pos`.
    pub(super) fn clause_stmts(&mut self, pos: Pos, colon: Pos, body: &[ast::Stmt]) -> Vec<Stmt> {
        let mut out = self.stmts(body);
        let mut end = body.last().map_or(colon.plus(1), |s| s.span.hi);
        let column = |l: &Self, pos: Pos| l.map.locate(pos).map_or(0, |at| at.col);
        let file = self.ast_file();
        for comment in &file.comments[file.comments.partition_point(|c| c.pos < end)..] {
            if !self.is_space(end, comment.pos) || column(self, comment.pos) <= column(self, pos) {
                break;
            }
            end = comment.end;
        }
        // the statement's own end leaves the empty line to what follows
        if file.comments.get(self.comments.next).is_some_and(|c| c.pos < end) {
            out.extend(self.comments_before(end));
        }
        out
    }

    /// Nothing but space between the two?
    fn is_space(&self, from: Pos, to: Pos) -> bool {
        let Some(id) = self.map.file_at(from) else { return false };
        let file = self.map.file(id);
        let (from, to) = ((from.0 - file.base.0) as usize, (to.0 - file.base.0) as usize);
        file.text.get(from..to).is_some_and(|text| text.iter().all(|b| b.is_ascii_whitespace() || *b == b';'))
    }

    /// The comment on the line where something ended, if that is all that follows on it.
    pub(super) fn trailing_comment(&mut self, end: Pos) -> Option<String> {
        let file = self.ast_file();
        let line = self.map.line(end);
        self.comments.line = line;
        let comment = file.comments.get(self.comments.next)?;
        if comment.pos < end || self.map.line(comment.pos) != line {
            return None;
        }
        self.comments.next += 1;
        self.comments.line = self.map.line(comment.end);
        (!is_directive(&comment.text)).then(|| comment.text.clone())
    }

    /// The comments right above an element of a literal.
    pub(super) fn comments_above(&mut self, id: ExprId) -> Vec<String> {
        texts(self.comments_before(self.pos(id)))
    }

    /// The element with those and the one behind it.
    pub(super) fn commented(&mut self, id: ExprId, above: Vec<String>, x: Expr) -> Expr {
        let behind = self.trailing_comment(self.ast(id).span.hi).filter(|text| !text.contains('\n'));
        if above.is_empty() && behind.is_none() {
            return x;
        }
        Expr::Commented(above, Box::new(x), behind)
    }

    /// What stands above a declaration at `pos`.
    pub(super) fn lead(&mut self, pos: Pos) -> Lead {
        let mut groups = self.comment_groups(pos);
        let group = groups.pop().unwrap_or_default();
        let doc = group.iter().flat_map(|text| doc_lines(text, "///")).collect();
        groups.retain(|g| !g.is_empty());
        Lead { detached: groups, doc }
    }

    /// Comments that belong to nothing, as items of their own.
    pub(super) fn loose_comments(&mut self, pos: Pos, items: &mut Vec<Item>) {
        let groups = self.comment_groups(pos);
        Self::comment_items(groups, items);
    }

    pub(super) fn comment_items(groups: Vec<Vec<String>>, items: &mut Vec<Item>) {
        for group in groups.into_iter().filter(|g| !g.is_empty()) {
            let mut item = Self::bare(ItemKind::Comment);
            item.comments = group;
            items.push(item);
        }
    }

    /// The comments before `pos`, cut at empty lines; the last group is right above `pos`.
    fn comment_groups(&mut self, pos: Pos) -> Vec<Vec<String>> {
        let stmts = self.comments_before(pos);
        stmts.split(|s| matches!(s, Stmt::Blank)).map(|group| texts(group.to_vec())).collect()
    }
}

/// The texts of the comments among `stmts`.
pub(super) fn texts(stmts: Vec<Stmt>) -> Vec<String> {
    let text = |s| if let Stmt::Comment(text) | Stmt::Trailing(text) = s { Some(text) } else { None };
    stmts.into_iter().filter_map(text).collect()
}

/// `//go:build` and its like are no text for readers of the Rust.
fn is_directive(text: &str) -> bool {
    text.starts_with("//go:") || text.starts_with("//line ") || text.starts_with("// +build")
}

/// The lines of a comment as a doc comment.
pub(super) fn doc_lines(text: &str, marker: &str) -> Vec<String> {
    if let Some(line) = text.strip_prefix("//") {
        let line = line.trim_end();
        let space = if line.is_empty() || line.starts_with([' ', '\t']) { "" } else { " " };
        return vec![format!("{marker}{space}{line}")];
    }
    let inner = text.trim_start_matches("/*").trim_end_matches("*/");
    let lines: Vec<&str> = inner.lines().collect();
    let first = lines.iter().position(|l| !l.trim().is_empty()).unwrap_or(0);
    let last = lines.iter().rposition(|l| !l.trim().is_empty()).map_or(0, |i| i + 1);
    lines[first.min(last)..last]
        .iter()
        .map(|l| format!("{marker} {}", l.trim().trim_start_matches("* ").trim_end()).trim_end().to_owned())
        .collect()
}

/// A block comment's lines without the indentation they had in Go.
fn dedent(text: &str) -> String {
    if !text.contains('\n') {
        return text.trim_end().to_owned();
    }
    text.lines().map(|l| l.trim_start_matches('\t').trim_end()).collect::<Vec<_>>().join("\n")
}
