fn main() {
    let c = goxide::chan::<u8>(0);
    goxide::select! {
        case v = <-c => drop(v),
        v := <-c => drop(v),
        v, ok = <-c => drop((v, ok)),
        let v = <-c => drop(v),
        _ => {}
    }
}
