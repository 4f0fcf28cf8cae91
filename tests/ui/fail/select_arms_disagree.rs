fn main() {
    let rx = goxide::chan::<u8>(0);
    let n: usize = goxide::select! {
        <-rx => 1,
        default => "none",
    };
    println!("{n}");
}
