fn main() {
    let c = goxide::chan::<u8>(0);
    goxide::select! {
        biased,
        <-c => {}
    }
    goxide::select! {
        biased
        v = <-c => drop(v),
    }
    goxide::select! {
        <-c => {}
        biased;
    }
}
