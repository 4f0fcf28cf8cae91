//! Normal and exponential distributions, by Marsaglia's and Tsang's ziggurat.
//!
//! What must hold: the tables are those of the paper, of 128 and 256 blocks, rounded to 32 bits as Go has them.

use std::sync::LazyLock;

use crate::math::{Exp, Log, Sqrt};

/// The blocks: up to where all is inside, the width of a unit, the height.
struct Blocks<const N: usize> {
    inside: [u32; N],
    unit: [f32; N],
    height: [f32; N],
}

/// Blocks of equal `area` under a falling `curve`, the last of which ends at `end`; `inverse` gives the place of a height.
fn blocks<const N: usize>(
    end: f64,
    area: f64,
    range: f64,
    curve: impl Fn(f64) -> f64,
    inverse: impl Fn(f64) -> f64,
) -> Blocks<N> {
    let mut blocks = Blocks { inside: [0; N], unit: [0.0; N], height: [0.0; N] };
    let base = area / curve(end);
    blocks.inside[0] = (end / base * range) as u32;
    blocks.unit[0] = (base / range) as f32;
    blocks.unit[N - 1] = (end / range) as f32;
    blocks.height[0] = 1.0;
    blocks.height[N - 1] = curve(end) as f32;
    let mut x = end;
    for i in (1..N - 1).rev() {
        let next = inverse(area / x + curve(x));
        blocks.inside[i + 1] = (next / x * range) as u32;
        x = next;
        blocks.height[i] = curve(x) as f32;
        blocks.unit[i] = (x / range) as f32;
    }
    blocks
}

const NORMAL_END: f64 = 3.442619855899;
const EXPONENTIAL_END: f64 = 7.697_117_470_131_05;

static NORMAL: LazyLock<Blocks<128>> = LazyLock::new(|| {
    let curve = |x: f64| Exp(-0.5 * x * x);
    blocks(NORMAL_END, 9.912_563_035_262_17e-3, (1u64 << 31) as f64, curve, |y| Sqrt(-2.0 * Log(y)))
});
static EXPONENTIAL: LazyLock<Blocks<256>> = LazyLock::new(|| {
    blocks(EXPONENTIAL_END, 3.949_659_822_581_572e-3, (1u64 << 32) as f64, |x| Exp(-x), |y| -Log(y))
});

/// What a block's corner needs beside the block.
fn under<const N: usize>(blocks: &Blocks<N>, i: usize, chance: f64, curve: f64) -> bool {
    blocks.height[i] + chance as f32 * (blocks.height[i - 1] - blocks.height[i]) < curve as f32
}

/// With mean 0 and deviation 1. `draw` gives a number and a block.
pub(super) fn normal(draw: impl Fn() -> (i32, usize), float64: impl Fn() -> f64) -> f64 {
    loop {
        let (j, i) = draw();
        let x = f64::from(j) * f64::from(NORMAL.unit[i]);
        if j.unsigned_abs() < NORMAL.inside[i] {
            return x;
        }
        if i == 0 {
            // The tail.
            loop {
                let x = -Log(float64()) * (1.0 / NORMAL_END);
                let y = -Log(float64());
                if y + y >= x * x {
                    return if j > 0 { NORMAL_END + x } else { -NORMAL_END - x };
                }
            }
        }
        if under(&NORMAL, i, float64(), Exp(-0.5 * x * x)) {
            return x;
        }
    }
}

/// With rate 1. `draw` gives a number and a block.
pub(super) fn exponential(draw: impl Fn() -> (u32, usize), float64: impl Fn() -> f64) -> f64 {
    loop {
        let (j, i) = draw();
        let x = f64::from(j) * f64::from(EXPONENTIAL.unit[i]);
        if j < EXPONENTIAL.inside[i] {
            return x;
        }
        if i == 0 {
            return EXPONENTIAL_END - Log(float64());
        }
        if under(&EXPONENTIAL, i, float64(), Exp(-x)) {
            return x;
        }
    }
}
