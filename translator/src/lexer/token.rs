//! Tokens of Go (Go specification, "Tokens", "Keywords", "Operators and punctuation").

use crate::ast::{BinaryOp, LitKind};
use crate::source::Pos;
use crate::symbol::Symbol;

/// The kind of a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tok {
    /// End of the file.
    Eof,
    /// An identifier; its name is [`Token::sym`].
    Ident,
    /// A literal; its text is [`Token::sym`].
    Lit(LitKind),
    /// An operator that is binary only (`-` and its like included: the parser knows).
    Op(BinaryOp),
    /// `op=`
    OpAssign(BinaryOp),
    /// `=`
    Assign,
    /// `:=`
    Define,
    /// `++`
    Inc,
    /// `--`
    Dec,
    /// `!`
    Not,
    /// `~`
    Tilde,
    /// `<-`
    Arrow,
    /// `(`
    LParen,
    /// `)`
    RParen,
    /// `[`
    LBrack,
    /// `]`
    RBrack,
    /// `{`
    LBrace,
    /// `}`
    RBrace,
    /// `,`
    Comma,
    /// `;`, written or inserted
    Semi,
    /// `:`
    Colon,
    /// `.`
    Dot,
    /// `...`
    DotDotDot,
    /// A keyword.
    Kw(Kw),
}

/// The keywords.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Kw {
    Break,
    Case,
    Chan,
    Const,
    Continue,
    Default,
    Defer,
    Else,
    Fallthrough,
    For,
    Func,
    Go,
    Goto,
    If,
    Import,
    Interface,
    Map,
    Package,
    Range,
    Return,
    Select,
    Struct,
    Switch,
    Type,
    Var,
}

impl Kw {
    /// The keyword spelled `name`.
    pub fn find(name: &[u8]) -> Option<Kw> {
        Some(match name {
            b"break" => Kw::Break,
            b"case" => Kw::Case,
            b"chan" => Kw::Chan,
            b"const" => Kw::Const,
            b"continue" => Kw::Continue,
            b"default" => Kw::Default,
            b"defer" => Kw::Defer,
            b"else" => Kw::Else,
            b"fallthrough" => Kw::Fallthrough,
            b"for" => Kw::For,
            b"func" => Kw::Func,
            b"go" => Kw::Go,
            b"goto" => Kw::Goto,
            b"if" => Kw::If,
            b"import" => Kw::Import,
            b"interface" => Kw::Interface,
            b"map" => Kw::Map,
            b"package" => Kw::Package,
            b"range" => Kw::Range,
            b"return" => Kw::Return,
            b"select" => Kw::Select,
            b"struct" => Kw::Struct,
            b"switch" => Kw::Switch,
            b"type" => Kw::Type,
            b"var" => Kw::Var,
            _ => return None,
        })
    }

    /// Its spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Kw::Break => "break",
            Kw::Case => "case",
            Kw::Chan => "chan",
            Kw::Const => "const",
            Kw::Continue => "continue",
            Kw::Default => "default",
            Kw::Defer => "defer",
            Kw::Else => "else",
            Kw::Fallthrough => "fallthrough",
            Kw::For => "for",
            Kw::Func => "func",
            Kw::Go => "go",
            Kw::Goto => "goto",
            Kw::If => "if",
            Kw::Import => "import",
            Kw::Interface => "interface",
            Kw::Map => "map",
            Kw::Package => "package",
            Kw::Range => "range",
            Kw::Return => "return",
            Kw::Select => "select",
            Kw::Struct => "struct",
            Kw::Switch => "switch",
            Kw::Type => "type",
            Kw::Var => "var",
        }
    }
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Its kind.
    pub kind: Tok,
    /// Its first byte.
    pub pos: Pos,
    /// One past its last byte.
    pub end: Pos,
    /// Name or literal text; for an inserted semicolon `newline` or `EOF`.
    pub sym: Option<Symbol>,
}
