#[goxide::test]
fn it_works() {
    assert_eq!(std::thread::current().name(), None);
}

fn main() {}
