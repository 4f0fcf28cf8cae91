fn main() {
    let mut n = 0;
    goxide::go!(n += 1);
    goxide::scope(|s| {
        goxide::go!(s; n = 2);
    });
    println!("{n}");
}
