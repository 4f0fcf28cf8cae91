fn main() {
    let c = goxide::chan::<u8>(0);
    goxide::select! {
        v = <-c => drop(v),
        timeout(std::time::Duration::from_secs(1)) => {}
        t = after(std::time::Duration::from_secs(1)) => drop(t),
    }
}
