fn main() {
    for n in 0..3 {
        goxide::go!(return);
        goxide::go!(break);
        println!("{n}");
    }
}
