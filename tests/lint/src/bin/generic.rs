//! Through a generic function, an iterator and a closure, in a goroutine of a scope.

fn apply<T>(items: &[T], f: impl Fn(&T) -> bool) -> usize {
    items.iter().filter(|item| f(item)).count()
}

fn main() {
    let items = [1, 2, 3];
    goxide::scope(|s| {
        s.spawn(|| {
            apply(&items, |_| std::thread::current().name().is_some()); //~ thread-identity
        });
    });
}
