fn main() {
    let (ctx, _cancel) = goxide::context::background().with_cancel();
    goxide::select! {
        <-ctx => {}
    }
}
