//! ../shared/prototypes/hazards/scoped2: a park inside of a scope that puts back a dead address.

scoped_tls::scoped_thread_local!(static KEY: String);

fn inside(text: &String, wait: impl Fn()) {
    KEY.set(text, || wait()); //~ park-in-scope //~ thread-local
}

fn main() {
    for name in ["A", "B"] {
        goxide::go! {
            let text = format!("the text of {name}");
            inside(&text, goxide::yield_now);
        }
    }
}
