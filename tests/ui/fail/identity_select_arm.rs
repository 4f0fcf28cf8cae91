fn main() {
    let rx = goxide::chan::<u8>(0);
    goxide::select! {
        v = <-rx => println!("{:?} {v:?}", std::thread::current().name()),
        default => std::thread::sleep(std::time::Duration::from_secs(1)),
    }
}
