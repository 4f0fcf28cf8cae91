fn main() {
    let number = 5;
    let rx = goxide::chan::<u8>(0);
    goxide::select! {
        v = <-number => println!("{v}"),
        v = <-rx => println!("{v:?}"),
    }
}
