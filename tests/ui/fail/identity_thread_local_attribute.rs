fn main() {
    goxide::go! {
        #[thread_local]
        static COUNT: u32 = 0;
        println!("{COUNT}");
    }
}
