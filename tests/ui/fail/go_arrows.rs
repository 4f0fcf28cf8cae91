fn main() {
    let c = goxide::chan::<u32>(1);
    goxide::go!(c <- 1);
    goxide::go!(<-c);
}
