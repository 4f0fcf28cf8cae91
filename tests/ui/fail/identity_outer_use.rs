use std::thread;

fn main() {
    goxide::go! {
        thread::park();
    }
}
