fn main() {
    let c = goxide::chan::<u8>(0);
    goxide::select! { v = <-c -> drop(v) }
    goxide::select! { v = <-c { drop(v) } }
    goxide::select! { v: Option<u8> = <-c: drop(v) }
    goxide::select! { default: {} }
    goxide::select! { match <-c { _ => {} } }
}
