use goxide::goroutines;

#[goxide::main]
fn main() {
    goroutines! {
        let ch = goxide::chan(1);
        ch <- ;
        let v = <-;
        go ch <- 1;
    }
}
