fn work(_: std::thread::ThreadId) {}

fn main() {
    goxide::go!(work(std::thread::current().id()));
}
