use goxide::__private::{go, recv_arm, run_test, select, send_arm};
use goxide::chan;

#[test]
fn ping_pong() {
    let n = run_test(|| {
        let (a, b) = (chan::<u32>(0), chan::<u32>(0));
        let (a2, b2) = (a.clone(), b.clone());
        go(move || {
            for v in &a2 {
                b2.send(v + 1);
            }
            b2.close();
        });
        let mut v = 0;
        while v < 1000 {
            a.send(v);
            v = b.recv().unwrap();
        }
        a.close();
        assert_eq!(b.recv(), None);
        v
    });
    assert_eq!(n, 1000);
}

#[test]
fn two_arms() {
    run_test(|| {
        let (a, b) = (chan::<u32>(0), chan::<u32>(0));
        let (a2, b2) = (a.clone(), b.clone());
        go(move || {
            for i in 0..500 {
                a2.send(i)
            }
        });
        go(move || {
            for _ in 0..500 {
                b2.recv();
            }
        });
        let (mut got, mut sent) = (0, 0);
        while got < 500 || sent < 500 {
            let mut x = recv_arm(&a);
            let mut y = send_arm(&b, 7);
            match select(&mut [&mut x, &mut y], false) {
                0 => {
                    assert_eq!(x.take(), Some(got));
                    got += 1
                }
                1 => sent += 1,
                _ => unreachable!(),
            }
        }
    });
}
