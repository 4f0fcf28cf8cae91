#[goxide::main]
fn main() {
    goxide::go!(drop(1));
    std::thread::park();
}
