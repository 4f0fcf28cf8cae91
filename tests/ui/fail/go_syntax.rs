fn main() {
    goxide::go!(let x = );
}
