use goxide::goroutines;

fn work(n: &u32) {
    println!("{n}");
}

#[goxide::main]
fn main() {
    let n = 1;
    goroutines! {
        scope {
            go work(&n);
            let inner = 2;
            go work(&inner);
        }
        go work(&n);
    }
}
