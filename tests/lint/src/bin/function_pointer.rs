//! A table of functions, called by address.

fn asks() -> bool {
    std::thread::current().name().is_none() //~ thread-identity
}

fn asks_not() -> bool {
    false
}

static TABLE: [fn() -> bool; 2] = [asks_not, asks];

fn main() {
    goxide::go! {
        TABLE.iter().all(|f| f());
    }
}
