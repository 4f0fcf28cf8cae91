//! `strings`, `unicode` and quoting, compared with what Go gives by a hash (`oracle/strings.go`). To see a difference, set
//! `GOXIDE_TABLE=FILE` and compare the file with the output of the Go program.

use goxide_golib::prelude::*;
use goxide_golib::unicode::utf8;
use goxide_golib::{fmt, strconv, strings, unicode};

const TEXTS: [&[u8]; 22] = [
    b"",
    b"a",
    b"abc",
    b"aXbXc",
    b"  a b\t\nc  ",
    "äöü".as_bytes(),
    "ÄÖÜ ß".as_bytes(),
    "日本語".as_bytes(),
    b"a\xffb\xfe\xfd",
    b"aaa",
    b"abcabcabc",
    b"Hello, World!",
    b"x y-z_w 1a",
    "\u{a0}\u{2003}x\u{2028}".as_bytes(),
    "ſKkK".as_bytes(),
    "ǆǅ".as_bytes(),
    "İı".as_bytes(),
    b"a,b,,c,",
    b"\xe6\x97",
    b"0x1F",
    "\u{fffd}".as_bytes(),
    b"'s it's",
];
const ARGS: [&[u8]; 15] = [
    b"",
    b"a",
    b"abc",
    b"X",
    b"b",
    b",",
    "ä".as_bytes(),
    "語".as_bytes(),
    b"\xff",
    b" ",
    b"aa",
    "\u{fffd}".as_bytes(),
    "öa".as_bytes(),
    b"abcabc",
    "\u{a0} ".as_bytes(),
];

#[test]
fn all_functions_on_all_texts() {
    let mut out = Vec::new();
    let mut line =
        |a: Slice<Any>| out.extend_from_slice(fmt::Sprintf(str("%q\n"), slice([any(a)])).as_bytes());
    let odd = func(|r: i32| r % 2 == 1);
    let up = func(|r: i32| match r {
        0x62 => -1,
        0x63 => 0x65e5,
        _ => r,
    });
    let pairs =
        |pairs: &[&'static str]| pairs.iter().fold(nil::<Slice<Str>>(), |all, text| all.append(str(text)));
    for s in TEXTS.map(str_bytes) {
        line(args![
            strings::ToUpper(s),
            strings::ToLower(s),
            strings::ToTitle(s),
            strings::Title(s),
            strings::TrimSpace(s),
            strings::Fields(s),
            strings::FieldsFunc(s, odd),
            strings::Map_(up, s)
        ]);
        line(args![
            strings::IndexFunc(s, odd),
            strings::LastIndexFunc(s, odd),
            strings::TrimFunc(s, odd),
            strings::TrimLeftFunc(s, odd),
            strings::TrimRightFunc(s, odd),
            strings::ToValidUTF8(s, str("?")),
            strings::Repeat(s, 3),
            utf8::RuneCountInString(s),
            utf8::ValidString(s)
        ]);
        line(args![
            strconv::Quote(s),
            strconv::QuoteToASCII(s),
            strconv::QuoteToGraphic(s),
            strconv::CanBackquote(s)
        ]);
        line(args![
            strings::NewReplacer(pairs(&["a", "1", "b", "", "abc", "Q"])).Replace(s),
            strings::NewReplacer(pairs(&["abc", "Q", "a", "1", "", "-"])).Replace(s),
            strings::NewReplacer(pairs(&["", "X", "a", "1"])).Replace(s)
        ]);
        for t in ARGS.map(str_bytes) {
            line(args![
                strings::Index(s, t),
                strings::LastIndex(s, t),
                strings::IndexAny(s, t),
                strings::LastIndexAny(s, t),
                strings::Count(s, t),
                strings::Contains(s, t),
                strings::HasPrefix(s, t),
                strings::HasSuffix(s, t),
                strings::Compare(s, t),
                strings::EqualFold(s, t)
            ]);
            line(args![
                strings::Split(s, t),
                strings::SplitAfter(s, t),
                strings::SplitN(s, t, 2),
                strings::SplitAfterN(s, t, 2),
                strings::SplitN(s, t, 0),
                strings::SplitN(s, t, 1)
            ]);
            line(args![
                strings::Trim(s, t),
                strings::TrimLeft(s, t),
                strings::TrimRight(s, t),
                strings::TrimPrefix(s, t),
                strings::TrimSuffix(s, t),
                strings::ReplaceAll(s, t, str("<>")),
                strings::Replace(s, t, str("<>"), 2),
                strings::Replace(s, t, str(""), 1)
            ]);
            let (before, after, ok) = strings::Cut(s, t);
            line(args![before, after, ok]);
        }
        for t in TEXTS.map(str_bytes) {
            line(args![strings::EqualFold(s, t), strings::Index(s, t), strings::Compare(s, t)]);
        }
        for r in [0x61, 0xe4, 0x8a9e, 0xfffd, -1, 0x110000, 0xd800] {
            line(args![strings::IndexRune(s, r), strings::ContainsRune(s, r)]);
        }
    }
    let mut sum = [0isize; 20];
    let add = |sum: &mut isize, r: i32| *sum = *sum * 31 % 1_000_003 + r as isize;
    let scripts = slice([unicode::Latin.get(), unicode::Greek.get()]);
    for r in -2..0x110010 {
        let kinds = [
            unicode::IsLetter(r),
            unicode::IsUpper(r),
            unicode::IsLower(r),
            unicode::IsTitle(r),
            unicode::IsDigit(r),
            unicode::IsNumber(r),
            unicode::IsMark(r),
            unicode::IsPunct(r),
            unicode::IsSymbol(r),
            unicode::IsControl(r),
            unicode::IsSpace(r),
            unicode::IsPrint(r),
            unicode::IsGraphic(r),
            unicode::Is(unicode::Han.get(), r),
            unicode::In(r, scripts),
        ];
        for (i, ok) in kinds.into_iter().enumerate() {
            if ok {
                add(&mut sum[i], r);
            }
        }
        let cases = [unicode::ToUpper(r), unicode::ToLower(r), unicode::ToTitle(r), unicode::SimpleFold(r)];
        for (i, c) in cases.into_iter().enumerate() {
            if c != r {
                add(&mut sum[15 + i], c);
            }
        }
    }
    line(args![sum]);

    if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
        std::fs::write(file, &out).unwrap();
    }
    let hash =
        out.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(hash, 0x3b6129349fee9d55, "the texts differ from Go's");
}
