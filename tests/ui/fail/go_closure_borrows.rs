fn main() {
    let text = String::from("hello");
    goxide::go!(|| println!("{text}"));
}
