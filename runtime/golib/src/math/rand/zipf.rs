//! Zipf's distribution, by rejection-inversion (W. Hörmann, G. Derflinger).
//!
//! Both packages have the type; they differ in the generator only.

/// Declares `Zipf` and `NewZipf` where `Rand` and what draws its numbers are in reach.
macro_rules! zipf {
    ($path:literal) => {
        /// Numbers `k` with a chance in proportion to `(v + k) ** (-s)`; values are pointers to it.
        #[derive(Clone, Copy, PartialEq, GoStruct)]
        #[go($path)]
        #[repr(C)]
        pub struct Zipf {
            r: Ptr<Rand>,
            imax: f64,
            v: f64,
            q: f64,
            s: f64,
            oneminusQ: f64,
            oneminusQinv: f64,
            hxm: f64,
            hx0minusHxm: f64,
        }

        impl Zipf {
            fn h(&self, x: f64) -> f64 {
                Exp(self.oneminusQ * Log(self.v + x)) * self.oneminusQinv
            }

            fn inverse(&self, x: f64) -> f64 {
                Exp(self.oneminusQinv * Log(self.oneminusQ * x)) - self.v
            }
        }

        /// Numbers up to `imax`; nil unless `s > 1` and `v >= 1`.
        pub fn NewZipf(r: Ptr<Rand>, s: f64, v: f64, imax: u64) -> Ptr<Zipf> {
            if s <= 1.0 || v < 1.0 {
                return nil();
            }
            let oneminusQ = 1.0 - s;
            let oneminusQinv = 1.0 / oneminusQ;
            let imax = imax as f64;
            let mut zipf =
                Zipf { r, imax, v, q: s, s: 0.0, oneminusQ, oneminusQinv, hxm: 0.0, hx0minusHxm: 0.0 };
            zipf.hxm = zipf.h(imax + 0.5);
            zipf.hx0minusHxm = zipf.h(0.5) - Exp(Log(v) * -s) - zipf.hxm;
            zipf.s = 1.0 - zipf.inverse(zipf.h(1.5) - Exp(-s * Log(v + 1.0)));
            Ptr::new(zipf)
        }

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl Ptr<Zipf> {
            pub fn Uint64(self) -> u64 {
                if self.is_nil() {
                    panic(any(str("rand: nil Zipf")));
                }
                let zipf = self.get();
                loop {
                    let ur = zipf.hxm + zipf.r.Float64() * zipf.hx0minusHxm;
                    let x = zipf.inverse(ur);
                    let k = Floor(x + 0.5);
                    if k - x <= zipf.s || ur >= zipf.h(k + 0.5) - Exp(-Log(k + zipf.v) * zipf.q) {
                        return k as u64;
                    }
                }
            }
        }
    };
}
pub(super) use zipf;
