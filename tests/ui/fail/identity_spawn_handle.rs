fn main() {
    goxide::go!(move || {
        let handle: std::thread::JoinHandle<()> = std::thread::spawn(|| {});
        drop(handle);
    });
}
