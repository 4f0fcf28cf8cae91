//! `bufio`, `bytes` and `io`, compared with what Go gives by a hash (`oracle/bufio.go`). To see a difference, set
//! `GOXIDE_TABLE=FILE` and compare the file with the output of the Go program.

#![allow(non_snake_case)]

use goxide_golib::prelude::*;
use goxide_golib::{bufio, bytes, fmt, io, strings};

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Chunks")]
#[repr(C)]
struct Chunks {
    s: Str,
    n: isize,
}
#[methods(reflected)]
impl Ptr<Chunks> {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        if self.s.is_empty() {
            return (0, io::EOF.get());
        }
        let n = copy(p, self.s.slice_to(min(*self.n, self.s.len())));
        self.s.set(self.s.slice_from(n));
        (n, nil())
    }
}

#[derive(Clone, Copy, GoStruct)]
#[go("main.Out")]
#[repr(C)]
struct Out {
    all: Slice<u8>,
}
#[methods(reflected)]
impl Ptr<Out> {
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        self.all.set(self.all.append_slice(p).append(b'|'));
        (p.len(), nil())
    }
}

type Split = fn(Slice<u8>, bool) -> (isize, Slice<u8>, Error);

#[test]
fn readers_and_writers() {
    let mut table = Vec::new();
    let mut line = |a: Slice<Any>| table.extend_from_slice(fmt::Sprintf(str("%q\n"), args![a]).as_bytes());
    let texts = [
        str(""),
        str("a"),
        str("one\ntwo\r\n\nthree"),
        str(" x  yy\tz\n"),
        str_bytes(b"\xe6\x97\xa5\xe6\x9c\xac\xff\xe8\xaa\x9e\xe6"),
        strings::Repeat(str("long line "), 20) + str("\nend\n"),
        str("\n"),
        str("\r\n\r"),
        str("no newline at all but more than sixteen"),
    ];
    for text in texts {
        for chunk in [1isize, 3, 1000] {
            let chunks = || io::Reader::of(Ptr::new(Chunks { s: text, n: chunk }));
            let splits: [Split; 4] = [bufio::ScanLines, bufio::ScanWords, bufio::ScanRunes, bufio::ScanBytes];
            for (i, split) in splits.into_iter().enumerate() {
                let s = bufio::NewScanner(chunks());
                s.Split(bufio::SplitFunc(func(split)));
                if i == 1 {
                    s.Buffer(Slice::make(4), 8);
                }
                let mut tokens = nil::<Slice<Str>>();
                while s.Scan() {
                    tokens = tokens.append(s.Text());
                }
                line(args![tokens, s.Err(), s.Text()]);
            }
            let r = bufio::NewReaderSize(chunks(), 16);
            loop {
                let (s, err) = r.ReadString(b'\n');
                line(args![s, err]);
                if !err.is_nil() {
                    break;
                }
            }
            let r = bufio::NewReaderSize(chunks(), 16);
            loop {
                let (s, more, err) = r.ReadLine();
                line(args![s, more, err]);
                if !err.is_nil() {
                    break;
                }
            }
            let r = bufio::NewReaderSize(chunks(), 16);
            for i in 0..40isize {
                let (c, n, err) = r.ReadRune();
                line(args![c, n, err, r.UnreadRune(), r.UnreadRune()]);
                let (p, err) = r.Peek(3);
                line(args![p, err, r.Buffered()]);
                let (b, err) = r.ReadByte();
                line(args![b, err, r.UnreadByte(), r.UnreadByte()]);
                let (d, err) = r.Discard(i % 4);
                line(args![d, err]);
                let buf = Slice::<u8>::make(i % 3);
                let (k, err) = r.Read(buf);
                line(args![k, err, buf]);
            }
            let (p, err) = r.Peek(17);
            line(args![p, err]);
            let (all, err) = io::ReadAll(io::Reader::of(bufio::NewReader(chunks())));
            line(args![all, err]);
            let o = Ptr::new(zero::<Out>());
            let w = bufio::NewWriterSize(io::Writer::of(o), 8);
            let (n, err) = w.WriteString(text);
            line(args![n, err, w.Buffered(), w.Available()]);
            w.WriteByte(b'x');
            w.WriteRune('語' as i32);
            let (m, err) = io::Copy_(io::Writer::of(w), chunks());
            w.Write(text.to_bytes());
            line(args![m, err, w.Flush(), *o.all]);
            let o = Ptr::new(zero::<Out>());
            let (m, err) = bufio::NewReaderSize(chunks(), 16).WriteTo(io::Writer::of(o));
            line(args![m, err, *o.all]);
            let b = Ptr::new(zero::<bytes::Buffer>());
            b.WriteString(text);
            b.WriteByte(b'-');
            b.Write(text.to_bytes());
            b.WriteRune('ä' as i32);
            line(args![b.String(), b.Len(), b.Cap()]);
            let (l1, err) = b.ReadString(b'\n');
            let (l2, err2) = b.ReadBytes(b'e');
            line(args![l1, err, l2, err2, b.UnreadByte(), b.UnreadByte(), b.Next(3), b.Len(), b.Cap()]);
            let (c, size, err) = b.ReadRune();
            line(args![c, size, err, b.UnreadRune(), b.UnreadRune()]);
            let (m, err) = b.ReadFrom(chunks());
            line(args![m, err, b.String(), b.Len(), b.Cap()]);
            b.Grow(100);
            line(args![b.Cap(), b.Available()]);
            b.Truncate(b.Len() / 2);
            let (m, err) = b.WriteTo(io::Writer::of(o));
            line(args![m, err, *o.all, b.Cap()]);
            let twice = io::MultiReader(slice([io::Reader::of(strings::NewReader(text)), chunks()]));
            let limited = io::LimitReader(twice, text.len() as i64 + 2);
            let t = Ptr::new(zero::<bytes::Buffer>());
            let (all, err) = io::ReadAll(io::TeeReader(limited, io::Writer::of(t)));
            line(args![all, err, t.String()]);
            let (k, err) = io::ReadFull(io::Reader::of(strings::NewReader(text)), Slice::make(5));
            line(args![k, err]);
            let (n, err) = io::CopyN(io::Discard.get(), io::Reader::of(strings::NewReader(text)), 7);
            line(args![n, err]);
            let sr = strings::NewReader(text);
            let (at, err) = sr.Seek(-1, io::SeekEnd);
            line(args![at, err, sr.Len()]);
            let by = text.to_bytes();
            let b = |text: &'static str| str(text).to_bytes();
            line(args![
                bytes::Fields(by),
                bytes::Split(by, b("\n")),
                bytes::ToUpper(by),
                bytes::TrimSpace(by),
                bytes::Contains(by, b("e")),
                bytes::Count(by, nil()),
                bytes::Replace(by, b("o"), b("0"), 1),
                bytes::Equal(by, all),
                bytes::IndexByte(by, b'e'),
                bytes::Title(by),
                bytes::Runes(by),
                bytes::Repeat(by.slice_to(min(2, by.len())), 2)
            ]);
            let (before, after, ok) = bytes::Cut(by, b("e"));
            line(args![before, after, ok, bytes::Join(slice([by, by]), b("+"))]);
        }
    }
    if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
        std::fs::write(file, &table).unwrap();
    }
    let hash = table
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(hash, 0x692a94ab27e1f2d, "the texts differ from Go's");
}
