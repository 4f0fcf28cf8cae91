use goxide::{go, scope};

fn show(text: &str) {
    println!("{text}");
}

fn main() {
    scope(|s| {
        let text = String::from("gone when the closure returns");
        go!(s; show(&text));
    });
}
