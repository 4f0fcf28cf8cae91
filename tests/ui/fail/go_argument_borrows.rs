fn work(_: &str) {}

fn main() {
    let text = String::from("hello");
    goxide::go!(work(&text));
}
