//! A sum type of a dependency's: a channel of crossbeam's that was made without a bound never waits for room, one with a bound does.

fn main() {
    let (to, from) = crossbeam_channel::unbounded::<&str>();
    goxide::go! {
        let _ = to.send("never waits");
    }
    let _ = from.recv();
    let (to, from) = crossbeam_channel::bounded::<u32>(1);
    goxide::go! {
        let _ = to.send(1); //~ thread-park
    }
    let _ = from.recv();
}
