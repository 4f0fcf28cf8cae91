//! A dependency parks the thread: flume's receive, in the registry's sources, reached through a generic function.

fn waits<T>(from: &goxide::bridge::flume::Receiver<T>) {
    let _ = from.recv(); //~ thread-park
}

fn main() {
    let (to, from) = goxide::bridge::flume::bounded(1);
    goxide::go! {
        waits(&from);
    }
    let _ = to.send(1);
}
