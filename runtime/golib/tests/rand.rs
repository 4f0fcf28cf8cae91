//! `math/rand` with seeds and `math/cmplx`, compared with what Go gives by a hash (`oracle/rand.go`). To see a difference,
//! set `GOXIDE_TABLE=FILE` and compare the file with the output of the Go program.

use goxide_golib::prelude::*;
use goxide_golib::{fmt, math::cmplx, math::rand};

#[test]
fn seeded_numbers_and_complex_functions() {
    let mut out = Vec::new();
    let mut line = |a: Slice<Any>| out.extend_from_slice(fmt::Sprintln(a).as_bytes());
    for seed in [1, 42, 0, -7, 1 << 40, 2_147_483_647] {
        let r = rand::New(rand::NewSource(seed));
        for i in 0..700isize {
            line(args![
                r.Int63(),
                r.Uint32(),
                r.Uint64(),
                r.Int31(),
                r.Int(),
                r.Intn(i + 1),
                r.Int31n(64),
                r.Int63n((1 << 40) + i as i64),
                r.Intn(1 << 33),
                r.Float64(),
                r.Float32(),
                r.NormFloat64(),
                r.ExpFloat64()
            ]);
        }
        line(args![r.Perm(20)]);
        let x = slice([1isize, 2, 3, 4, 5, 6, 7, 8, 9]);
        r.Shuffle(
            x.len(),
            func(move |i: isize, j: isize| {
                let (a, b) = (*x[i], *x[j]);
                x[i].set(b);
                x[j].set(a);
            }),
        );
        let b = Slice::<u8>::make(11);
        let (n, err) = r.Read(b);
        line(args![x, b, n, err]);
        r.Read(b.slice_to(3));
        line(args![b]);
        for _ in 0..5000 {
            line(args![r.NormFloat64(), r.ExpFloat64()]);
        }
    }
    let parts = [0.0, 1.0, -1.0, 0.3, -2.5, 7.0, 1e-9, 1e9];
    for a in parts {
        for b in parts {
            let z = Complex128::new(a, b);
            line(args![
                cmplx::Abs(z),
                cmplx::Phase(z),
                cmplx::Conj(z),
                cmplx::Sqrt(z),
                cmplx::Log(z),
                cmplx::Pow(z, Complex128::new(2.0, 1.0)),
                cmplx::Rect(a, b),
                cmplx::Log10(z)
            ]);
            if a < 100.0 && b < 100.0 {
                line(args![cmplx::Exp(z), cmplx::Sin(z), cmplx::Cos(z), cmplx::Sinh(z), cmplx::Cosh(z)]);
            }
        }
    }
    if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
        std::fs::write(file, &out).unwrap();
    }
    let hash =
        out.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(hash, 0xcf69df61748ba5e4, "the numbers differ from Go's");
}

#[test]
fn numbers_without_a_seed_differ() {
    let many = [(); 8].map(|()| rand::Uint64());
    assert!(many.iter().any(|n| *n != many[0]));
    assert!((0..1000).all(|_| (0..10).contains(&rand::Intn(10))));
}
