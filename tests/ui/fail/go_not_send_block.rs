use std::rc::Rc;

fn main() {
    let shared = Rc::new(1);
    goxide::go! {
        println!("{shared}");
    }
}
