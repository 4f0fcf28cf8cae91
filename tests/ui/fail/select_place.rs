struct Last {
    value: Option<u8>,
}

fn main() {
    let c = goxide::chan::<u8>(0);
    let mut last = Last { value: None };
    goxide::select! {
        last.value = <-c => {}
        last.value += <-c => {}
    }
}
