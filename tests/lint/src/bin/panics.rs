//! What goes only while a panic unwinds: clean-up drops what may have been handed on.

use std::thread::JoinHandle;

struct Helper(Option<JoinHandle<()>>);

impl Drop for Helper {
    fn drop(&mut self) {
        if let Some(helper) = self.0.take() {
            let _ = helper.join();
        }
    }
}

struct Told(Option<JoinHandle<()>>);

impl Drop for Told {
    fn drop(&mut self) {
        if let Some(helper) = self.0.take() {
            let _ = helper.join(); //~ thread-block
        }
    }
}

fn handed_over(helper: Helper) {
    let helper = Box::new(helper);
    goxide::blocking(move || drop(helper));
}

fn main() {
    let (helper, told) = (Helper(Some(std::thread::spawn(|| ()))), Told(Some(std::thread::spawn(|| ()))));
    goxide::go! {
        handed_over(helper);
        drop(told);
    }
}
