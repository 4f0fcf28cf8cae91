use goxide_macros::go_main;

#[go_main(start = package_init)]
fn main() {}

mod second {
    #[super::go_main(init = package_init)]
    fn main() -> i32 {
        0
    }
}
