fn main() {
    let c = goxide::chan::<u8>(0);
    goxide::select! {
        recv(c) -> v => drop(v),
        send(c, 1) -> result => drop(result),
        c.recv() => {}
        c.send(1) => {}
        default(std::time::Duration::from_secs(1)) => {}
    }
}
