//! What several runs of one thing measured: median, least and most. A mean would let one disturbed run speak for all.

/// Never empty when something is asked of it, or the answer is NaN.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples(Vec<f64>);

impl Samples {
    pub fn add(&mut self, value: f64) {
        self.0.push(value);
        self.0.sort_by(f64::total_cmp);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        match &self.0[..] {
            [] => f64::NAN,
            all if all.len() % 2 == 1 => all[middle],
            all => (all[middle - 1] + all[middle]) / 2.0,
        }
    }

    pub fn least(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    pub fn most(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Samples {
        let mut samples = Samples::default();
        values.into_iter().for_each(|value| samples.add(value));
        samples
    }
}

/// Three digits, as more would be noise: `0.123`, `1.23`, `12.3`, `123`, `12 345`.
pub fn figure(value: f64) -> String {
    let size = value.abs();
    match size {
        _ if !value.is_finite() => "?".to_string(),
        _ if size < 1.0 => format!("{value:.3}"),
        _ if size < 9.995 => format!("{value:.2}"),
        _ if size < 99.95 => format!("{value:.1}"),
        _ => {
            let digits = format!("{value:.0}");
            let mut grouped = String::new();
            for (i, digit) in digits.chars().enumerate() {
                if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
                    grouped.push(' ');
                }
                grouped.push(digit);
            }
            grouped
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middles() {
        let odd: Samples = [5.0, 1.0, 9.0].into_iter().collect();
        assert_eq!((odd.median(), odd.least(), odd.most()), (5.0, 1.0, 9.0));
        let even: Samples = [4.0, 1.0, 2.0, 100.0].into_iter().collect();
        assert_eq!(even.median(), 3.0);
        assert!(Samples::default().median().is_nan());
    }

    #[test]
    fn figures_have_three_digits_or_groups_of_three() {
        let shown = [0.2396, 5.6, 9.999, 12.34, 99.97, 447.2, 2751.0, 20626.4, 1_000_000.0].map(figure);
        assert_eq!(shown, ["0.240", "5.60", "10.0", "12.3", "100", "447", "2751", "20 626", "1 000 000"]);
        assert_eq!(figure(f64::NAN), "?");
    }
}
