fn main() {
    goxide::go! {
        thread_local! {
            static COUNT: u32 = const { 0 };
        }
        COUNT.with(|count| println!("{count}"));
    }
}
