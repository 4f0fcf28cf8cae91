pub fn worker(jobs: RecvChan<isize>, results: SendChan<isize>) {
    for j in jobs.range() {
        results.send(2 * j);
    }
}

pub fn start(n: isize, jobs: RecvChan<isize>, results: SendChan<isize>) {
    for _ in 0..n {
        go!(worker(jobs, results));
    }
}
