use goxide::go;

fn work() {}

fn main() {
    let jobs = goxide::chan::<u32>(0);
    go!(jobs; work());
}
