fn main() {
    let rx = goxide::chan::<u8>(0);
    goxide::select! {
        <-rx => {}
        default => {}
        default => {}
    }
}
