fn main() {
    let tx = goxide::chan::<u8>(0);
    goxide::select! {
        tx <- "text" => {}
    }
}
