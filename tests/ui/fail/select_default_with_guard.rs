fn main() {
    goxide::select! {
        default if true => {}
    }
}
