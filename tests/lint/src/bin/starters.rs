//! Every way to start a goroutine.

fn asks(_: u32) -> bool {
    std::thread::current().name().is_some() //~ thread-identity
}

fn group() -> bool {
    std::thread::current().name().is_some() //~ thread-identity
}

fn wait_group() -> bool {
    std::thread::current().name().is_some() //~ thread-identity
}

fn after() -> bool {
    std::thread::current().name().is_some() //~ thread-identity
}

fn main() {
    goxide::go!(stack = 65536; asks(1));
    let errors = goxide::errgroup::Group::<()>::new();
    errors.go(|| {
        group();
        Ok(())
    });
    let all = goxide::sync::WaitGroup::new();
    all.go(|| {
        wait_group();
    });
    let (ctx, _cancel) = goxide::context::background().with_cancel();
    ctx.after_func(|| {
        after();
    });
}
