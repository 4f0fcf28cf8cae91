use std::time::Duration;

fn main() {
    let c = goxide::chan::<u8>(0);
    goxide::select! {
        v = <-c => drop(v),
        timeout(Duration::from_secs(1)) => {}
        t = after(Duration::from_secs(1)) => drop(t),
    }
}
