fn main() {
    let c = goxide::chan::<(u8, u8)>(0);
    goxide::select! {
        c <- 1, 2 => {}
    }
}
