fn main() {
    let (a, b) = (goxide::chan::<u8>(0), goxide::chan::<u8>(0));
    goxide::select! {
        <-a | <-b => {}
    }
}
