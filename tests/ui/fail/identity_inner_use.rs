fn main() {
    goxide::go! {
        use std::thread::{current as myself, sleep};
        sleep(std::time::Duration::ZERO);
        println!("{:?}", myself());
    }
}
