//! A guard that makes a span the thread's current one, alive across a wait.

fn traced(from: &goxide::Chan<u32>) {
    let span = tracing::info_span!("traced");
    let _entered = span.enter();
    from.recv(); //~ park-in-scope
}

fn main() {
    let numbers = goxide::chan(0);
    goxide::go!(move || traced(&numbers));
}
