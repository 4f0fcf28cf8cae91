//! Pattern-defeating quicksort and an in-place merge sort, over nothing but "less" and "swap".
//!
//! What must hold: every choice (pivots, thresholds, the shuffling of unbalanced parts) is the one Go makes, so that equal
//! elements end where they end in Go; a "less" that contradicts itself neither panics nor leaves the range. Rust's own sorts were
//! rejected for both reasons.

/// What is sorted.
pub(crate) trait Sorted {
    fn less(&self, i: usize, j: usize) -> bool;
    fn swap(&self, i: usize, j: usize);
}

/// Parts of at most this length are sorted by insertion.
const SMALL: usize = 12;
/// From this length on a pivot is a median of medians.
const LONG: usize = 50;
/// Swaps of `pivot` when all its elements are in falling order.
const ALL_SWAPPED: usize = 12;
/// How often a nearly sorted part is mended before it is given up.
const REPAIRS: usize = 5;
/// The length of the runs a stable sort starts with.
const RUN: usize = 20;

/// Sorts the elements from 0 to `n`.
pub(crate) fn sort(data: &impl Sorted, n: usize) {
    let limit = usize::BITS - n.leading_zeros();
    quick(data, 0, n, limit);
}

fn quick(data: &impl Sorted, mut a: usize, mut b: usize, mut limit: u32) {
    let (mut balanced, mut partitioned) = (true, true);
    loop {
        let len = b - a;
        if len <= SMALL {
            return insertion(data, a, b);
        }
        if limit == 0 {
            return heap(data, a, b);
        }
        if !balanced {
            shuffle(data, a, b);
            limit -= 1;
        }
        let (mut pivot, swaps) = choose_pivot(data, a, b);
        let mut rising = swaps == 0;
        if swaps == ALL_SWAPPED {
            reverse(data, a, b);
            pivot = b - 1 - (pivot - a);
            (balanced, partitioned, rising) = (true, true, true);
        }
        if balanced && partitioned && rising && repair(data, a, b) {
            return;
        }
        // What is left of the part is not greater: if not less either, everything equal goes to the left.
        if a > 0 && !data.less(a - 1, pivot) {
            a = split_equal(data, a, b, pivot);
            continue;
        }
        let (middle, was) = split(data, a, b, pivot);
        partitioned = was;
        let (left, right) = (middle - a, b - middle);
        balanced = left.min(right) >= len / 8;
        if left < right {
            quick(data, a, middle, limit);
            a = middle + 1;
        } else {
            quick(data, middle + 1, b, limit);
            b = middle;
        }
    }
}

fn insertion(data: &impl Sorted, a: usize, b: usize) {
    for i in a + 1..b {
        let mut j = i;
        while j > a && data.less(j, j - 1) {
            data.swap(j, j - 1);
            j -= 1;
        }
    }
}

fn heap(data: &impl Sorted, a: usize, b: usize) {
    let len = b - a;
    for i in (0..=(len - 1) / 2).rev() {
        sift(data, a, i, len);
    }
    for i in (0..len).rev() {
        data.swap(a, a + i);
        sift(data, a, 0, i);
    }
}

fn sift(data: &impl Sorted, a: usize, mut root: usize, len: usize) {
    loop {
        let mut child = 2 * root + 1;
        if child >= len {
            return;
        }
        if child + 1 < len && data.less(a + child, a + child + 1) {
            child += 1;
        }
        if !data.less(a + root, a + child) {
            return;
        }
        data.swap(a + root, a + child);
        root = child;
    }
}

/// Exchanges three elements in the middle with ones anywhere, by a fixed sequence.
fn shuffle(data: &impl Sorted, a: usize, b: usize) {
    let len = b - a;
    if len < 8 {
        return;
    }
    let mut random = len as u64;
    let mask = (1usize << (usize::BITS - len.leading_zeros())) - 1;
    let middle = a + len / 4 * 2;
    for i in 0..3 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let other = random as usize & mask;
        data.swap(middle - 1 + i, a + if other >= len { other - len } else { other });
    }
}

/// A pivot, and how many pairs on the way to it were in falling order.
fn choose_pivot(data: &impl Sorted, a: usize, b: usize) -> (usize, usize) {
    let quarter = (b - a) / 4;
    let [mut i, mut j, mut k] = [1, 2, 3].map(|n| a + quarter * n);
    let mut swaps = 0;
    if b - a >= LONG {
        i = median(data, [i - 1, i, i + 1], &mut swaps);
        j = median(data, [j - 1, j, j + 1], &mut swaps);
        k = median(data, [k - 1, k, k + 1], &mut swaps);
    }
    (median(data, [i, j, k], &mut swaps), swaps)
}

fn median(data: &impl Sorted, [mut a, mut b, mut c]: [usize; 3], swaps: &mut usize) -> usize {
    let mut order = |x: &mut usize, y: &mut usize| {
        if data.less(*y, *x) {
            *swaps += 1;
            std::mem::swap(x, y);
        }
    };
    order(&mut a, &mut b);
    order(&mut b, &mut c);
    order(&mut a, &mut b);
    b
}

fn reverse(data: &impl Sorted, a: usize, b: usize) {
    for i in 0..(b - a) / 2 {
        data.swap(a + i, b - 1 - i);
    }
}

/// Sorts a part that is nearly sorted; false if it is not.
fn repair(data: &impl Sorted, a: usize, b: usize) -> bool {
    let mut i = a + 1;
    for _ in 0..REPAIRS {
        while i < b && !data.less(i, i - 1) {
            i += 1;
        }
        if i == b {
            return true;
        }
        if b - a < LONG {
            return false;
        }
        data.swap(i, i - 1);
        if i - a >= 2 {
            let mut j = i - 1;
            while j >= 1 && data.less(j, j - 1) {
                data.swap(j, j - 1);
                j -= 1;
            }
        }
        if b - i >= 2 {
            let mut j = i + 1;
            while j < b && data.less(j, j - 1) {
                data.swap(j, j - 1);
                j += 1;
            }
        }
    }
    false
}

/// Less than the pivot to the left, the others to the right; where the pivot is now, and whether it was so before.
fn split(data: &impl Sorted, a: usize, b: usize, pivot: usize) -> (usize, bool) {
    data.swap(a, pivot);
    let (mut i, mut j) = (a + 1, b - 1);
    let mut was = true;
    loop {
        while i <= j && data.less(i, a) {
            i += 1;
        }
        while i <= j && !data.less(j, a) {
            j -= 1;
        }
        if i > j {
            data.swap(j, a);
            return (j, was);
        }
        was = false;
        data.swap(i, j);
        i += 1;
        j -= 1;
    }
}

/// Equal to the pivot to the left, greater to the right; where those start.
fn split_equal(data: &impl Sorted, a: usize, b: usize, pivot: usize) -> usize {
    data.swap(a, pivot);
    let (mut i, mut j) = (a + 1, b - 1);
    loop {
        while i <= j && !data.less(a, i) {
            i += 1;
        }
        while i <= j && data.less(a, j) {
            j -= 1;
        }
        if i > j {
            return i;
        }
        data.swap(i, j);
        i += 1;
        j -= 1;
    }
}

/// Sorts so that equal elements keep their order.
pub(crate) fn stable(data: &impl Sorted, n: usize) {
    let mut size = RUN;
    for start in (0..n).step_by(size) {
        insertion(data, start, n.min(start + size));
    }
    while size < n {
        for start in (0..n).step_by(2 * size) {
            if start + size < n {
                merge(data, start, start + size, n.min(start + 2 * size));
            }
        }
        size *= 2;
    }
}

/// Merges two sorted neighbours by rotating what lies wrong around their middle, then each half.
fn merge(data: &impl Sorted, a: usize, m: usize, b: usize) {
    // One element on one side: it is moved to its place.
    if m - a == 1 {
        let to = bisect(m, b, |i| data.less(i, a));
        return (a..to - 1).for_each(|k| data.swap(k, k + 1));
    }
    if b - m == 1 {
        let to = bisect(a, m, |i| !data.less(m, i));
        return (to + 1..=m).rev().for_each(|k| data.swap(k, k - 1));
    }
    let middle = (a + b) / 2;
    let n = middle + m;
    let (from, to) = if m > middle { (n - b, middle) } else { (a, m) };
    let start = bisect(from, to, |i| !data.less(n - 1 - i, i));
    let end = n - start;
    if start < m && m < end {
        rotate(data, start, m, end);
    }
    if a < start && start < middle {
        merge(data, a, start, middle);
    }
    if middle < end && end < b {
        merge(data, middle, end, b);
    }
}

/// The first place for which `before` does not hold.
fn bisect(mut lo: usize, mut hi: usize, before: impl Fn(usize) -> bool) -> usize {
    while lo < hi {
        let middle = (lo + hi) / 2;
        if before(middle) { lo = middle + 1 } else { hi = middle }
    }
    lo
}

/// Exchanges two neighbouring blocks.
fn rotate(data: &impl Sorted, a: usize, m: usize, b: usize) {
    let exchange = |x: usize, y: usize, n: usize| (0..n).for_each(|i| data.swap(x + i, y + i));
    let (mut left, mut right) = (m - a, b - m);
    while left != right {
        if left > right {
            exchange(m - left, m, right);
            left -= right;
        } else {
            exchange(m - left, m + right - left, left);
            right -= left;
        }
    }
    exchange(m - left, m, left);
}
