//! The goroutine gets an object whose method asks; it was made where no goroutine is.

trait Work: Send {
    fn run(&self);
}

struct Asks;

impl Work for Asks {
    fn run(&self) {
        std::thread::sleep(std::time::Duration::from_millis(1)); //~ thread-sleep
    }
}

fn objects() -> Vec<Box<dyn Work>> {
    vec![Box::new(Asks)]
}

fn main() {
    let work = objects();
    goxide::go! {
        for one in &work {
            one.run();
        }
    }
}
