let jobs = Chan::<isize>::make(0);
let done = Chan::<bool>::make(0);
go!(move || {
    // Count until told to stop.
    let mut i = 0isize;
    loop {
        select! {
            jobs <- i => {}
            <-done => {
                jobs.close();
                return;
            }
        }
        i += 1;
    }
});
for n in jobs.range() {
    if n == 3 {
        done.send(true);
        break;
    }
    fmt::Println(args!["job", n]);
}
