fn main() {
    let c = goxide::chan::<u8>(0);
    goxide::select! {
        v = <-c, if v.is_some() => drop(v),
    }
}
