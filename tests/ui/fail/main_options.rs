mod unknown {
    #[goxide::main(threads = 4, workers = 2, workers = 3, stak = 1)]
    fn main() {}
}

mod value {
    #[goxide::main(workers)]
    fn main() {}
}

mod number {
    #[goxide::main("workers")]
    fn main() {}
}

#[goxide::test(workers = 2)]
fn a_test() {}

fn main() {}
