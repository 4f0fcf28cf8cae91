fn main() {
    let c = goxide::chan::<u8>(0);
    goxide::select! {
        v = <-c.recv() => drop(v),
    }
}
