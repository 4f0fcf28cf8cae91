use std::rc::Rc;

fn work(_: Rc<u8>) {}

fn main() {
    let shared = Rc::new(1);
    goxide::go!(work(shared.clone()));
}
