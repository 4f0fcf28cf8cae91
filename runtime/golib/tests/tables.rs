//! Large tables of texts, compared with what Go prints by a hash: the Go programs are in `oracle/`. To see where a table
//! differs, set `GOXIDE_TABLE=FILE` and compare the file with the output of the program.

use goxide_golib::prelude::*;
use goxide_golib::{fmt, strconv};

struct Table(Vec<u8>);

impl Table {
    fn line(&mut self, text: Str) {
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'\n');
    }

    fn print(&mut self, format: &'static str, value: Any) {
        self.line(fmt::Sprintf(str(format), slice([value])));
    }

    /// Compares the FNV-1a hash.
    fn check(&self, expected: u64) {
        if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
            std::fs::write(file, &self.0).unwrap();
        }
        let hash = self
            .0
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        assert_eq!(hash, expected, "the table differs from Go's");
    }
}

fn random() -> impl FnMut() -> u64 {
    let mut state = 1u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ state >> 29
    }
}

#[test]
fn numbers() {
    let mut table = Table(Vec::new());
    let mut next = random();
    for i in 0..4000usize {
        let bits = next();
        let f = match i % 4 {
            0 => f64::from_bits(bits),
            1 => (bits as i64 >> (bits % 50)) as f64 / 64.0,
            2 => (bits % 1_000_000) as f64 / 1000.0,
            _ => f64::from(f32::from_bits(bits as u32)),
        };
        for verb in *b"bgGeEfxX" {
            for bits in [32, 64] {
                table.line(strconv::FormatFloat(f, verb, -1, bits));
            }
            if verb != b'b' {
                for precision in [0, 1, 2, 5, 17, 30] {
                    table.line(strconv::FormatFloat(f, verb, precision, 64));
                }
            }
        }
        let text = strconv::FormatFloat(f, b'g', 3 + i as isize % 20, 64);
        for bits in [64, 32] {
            let (back, err) = strconv::ParseFloat(text, bits);
            table.line(fmt::Sprintln(args![back.to_bits(), err]));
            table.0.pop();
        }
        let formats = [
            "%v", "%6.2f|", "%+.3e", "%#g", "%012.4g", "%-12v|", "% x", "%#.3x", "%+08.1f", "%#v", "%#.0f",
            "% 8.3G", "%#.4g", "%#X", "%08v",
        ];
        for (j, format) in formats.into_iter().enumerate() {
            if j % 3 == i % 3 {
                table.print(format, any(f));
                table.print(format, any(f as f32));
                table.print(format, any(Complex128::new(f, -f)));
            }
        }
        let formats = [
            "%d", "%+5d", "%-8d|", "%08d", "%.4d", "%x", "%#X", "%o", "%#o", "%O", "%b", "%#b", "%c", "%q",
            "%U", "%#U", "% d", "%+.3d", "%#v", "%8.3d", "%#08x", "%-#8x|",
        ];
        for (j, format) in formats.into_iter().enumerate() {
            if j % 4 == i % 4 {
                let n = bits as i64 >> (bits % 64);
                table.print(format, any(n));
                table.print(format, any(n as u32));
                table.print(format, any(n as i8));
            }
        }
        let base = 2 + i as isize % 35;
        table.line(strconv::FormatInt(bits as i64, base) + str(" ") + strconv::FormatUint(bits, base));
    }
    table.check(0x7a0a_5191_59db_7ce7);
}
