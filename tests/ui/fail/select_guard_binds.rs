fn main() {
    let c = goxide::chan::<u8>(0);
    let wanted = Some(1);
    goxide::select! {
        v = <-c if let Some(_) = wanted => drop(v),
    }
}
