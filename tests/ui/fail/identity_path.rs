fn main() {
    goxide::go! {
        let me = std::thread::current().id();
        println!("{me:?}");
    }
}
