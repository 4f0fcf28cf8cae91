fn work(_: String) {}

fn main() {
    let name = String::from("gopher");
    goxide::go!(work(name));
    println!("{name}");
}
