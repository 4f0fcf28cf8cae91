#[goxide::main]
fn start() {}

#[goxide::main]
struct Main;

fn main() {}
