fn main() {
    let mut kept = None;
    goxide::scope(|s| kept = Some(s));
    if let Some(s) = kept {
        s.spawn(|| ());
    }
}
