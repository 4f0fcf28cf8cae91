fn main() {
    goxide::go!(println!("{:?}", std::thread::current()));
}
