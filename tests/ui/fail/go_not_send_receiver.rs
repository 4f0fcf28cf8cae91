use std::cell::RefCell;
use std::rc::Rc;

struct Server(Rc<RefCell<u8>>);

impl Server {
    fn run(self) {
        *self.0.borrow_mut() += 1;
    }
}

fn main() {
    goxide::go!(Server(Rc::default()).run());
}
