fn main() {
    let (tx, rx) = goxide::channel::<u8>(0);
    goxide::select! {
        v = <-tx => println!("{v:?}"),
        rx <- 1 => {}
    }
}
