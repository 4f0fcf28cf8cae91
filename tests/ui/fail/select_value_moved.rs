fn main() {
    let tx = goxide::chan::<String>(0);
    let text = String::from("hello");
    goxide::select! {
        tx <- text => {}
        default => println!("{text}"),
    }
}
