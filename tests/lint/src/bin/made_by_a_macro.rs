//! The name stands in a macro.

macro_rules! ask {
    () => {
        ::std::thread::current() //~ thread-identity
    };
}

fn name_of_it() -> bool {
    let asked = ask!();
    asked.name().is_some()
}

#[goxide::main]
fn main() {
    name_of_it();
}
