fn main() {
    let rx = goxide::chan::<u8>(0);
    goxide::select! {
        Some(v) = <-rx => println!("{v}"),
    }
}
