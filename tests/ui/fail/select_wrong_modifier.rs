fn main() {
    goxide::select! {
        unfair;
        default => {}
    }
}
