fn main() {
    let rx = goxide::chan::<(u8, u8)>(0);
    goxide::select! {
        (a, b) = <-rx => println!("{a} {b}"),
    }
}
