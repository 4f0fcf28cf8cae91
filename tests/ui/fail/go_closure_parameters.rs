fn main() {
    goxide::go!(move |x: i32| println!("{x}"));
}
