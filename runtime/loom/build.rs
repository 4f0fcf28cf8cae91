//! The runtime's files are compiled here with `cfg(loom)`: in this package only, so no flag has to be given.

fn main() {
    println!("cargo::rustc-cfg=loom");
    println!("cargo::rerun-if-changed=build.rs");
}
