//! The runtime beside other people's crates: `futures`, `flume`, `tracing`, `log`.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use futures_core::Stream;
use futures_sink::Sink;
use goxide::bridge::{RecvStream, SendSink};
use goxide::{Chan, bridge, chan, channel, go};

/// An executor that knows nothing of goroutines: it parks its thread.
fn drive<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Unpark>) {
            self.0.unpark();
        }
    }
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

async fn next<T>(stream: &mut RecvStream<T>) -> Option<T> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

async fn send<T>(sink: &mut SendSink<T>, value: T) -> Result<(), T> {
    poll_fn(|cx| Pin::new(&mut *sink).poll_ready(cx)).await.map_err(|error| error.0)?;
    Pin::new(&mut *sink).start_send(value).map_err(|error| error.0)?;
    poll_fn(|cx| Pin::new(&mut *sink).poll_flush(cx)).await.map_err(|error| error.0)
}

/// Where code runs that knows nothing of goroutines.
fn outside(f: impl FnOnce() + Send + 'static) -> thread::JoinHandle<()> {
    thread::spawn(f)
}

/// One poll, with a waker that counts.
fn poll_once<T>(stream: &mut RecvStream<T>, wakes: &Arc<Counter>) -> Poll<Option<T>> {
    let waker = Waker::from(wakes.clone());
    Pin::new(stream).poll_next(&mut Context::from_waker(&waker))
}

#[derive(Default)]
struct Counter(AtomicUsize);

impl Wake for Counter {
    fn wake(self: Arc<Counter>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[goxide::test]
fn streams_and_sinks_pass_everything_on_between_executors_and_goroutines() {
    const EACH: u64 = 5_000;
    for cap in [0, 1, 64] {
        let (tx, rx) = channel(cap);
        let sum = Arc::new(AtomicU64::new(0));
        let count = Arc::new(AtomicU64::new(0));
        let mut threads = Vec::new();
        for _ in 0..2 {
            let mut sink = tx.clone().into_sink();
            threads.push(outside(move || {
                drive(async {
                    for i in 1..=EACH {
                        assert_eq!(send(&mut sink, i).await, Ok(()));
                    }
                });
            }));
            let tx = tx.clone();
            go!(move || (1..=EACH).for_each(|i| assert!(tx.send(i).is_ok())));
        }
        drop(tx);
        for _ in 0..2 {
            let (mut stream, sum, count) = (rx.clone().into_stream(), sum.clone(), count.clone());
            threads.push(outside(move || {
                while let Some(i) = drive(next(&mut stream)) {
                    sum.fetch_add(i, Ordering::Relaxed);
                    count.fetch_add(1, Ordering::Relaxed);
                }
                assert_eq!(drive(next(&mut stream)), None, "it stays ended");
            }));
        }
        for i in &rx {
            sum.fetch_add(i, Ordering::Relaxed);
            count.fetch_add(1, Ordering::Relaxed);
        }
        goxide::blocking(|| threads.into_iter().for_each(|thread| thread.join().expect("no panic")));
        assert_eq!(count.load(Ordering::Relaxed), 4 * EACH, "capacity {cap}");
        assert_eq!(sum.load(Ordering::Relaxed), 4 * EACH * (EACH + 1) / 2, "capacity {cap}");
    }
}

#[goxide::test]
fn a_stream_that_waits_is_a_receiver_and_one_that_is_dropped_is_none() {
    let ch = chan::<i32>(0);
    let wakes = Arc::new(Counter::default());
    let mut first = ch.clone().into_stream();
    let mut second = ch.clone().into_stream();
    assert!(poll_once(&mut first, &wakes).is_pending());
    assert!(poll_once(&mut second, &wakes).is_pending());
    // its place in the queue goes with it
    drop(first);
    assert_eq!(ch.try_send(1), Ok(()));
    assert_eq!(wakes.0.load(Ordering::SeqCst), 1);
    assert_eq!(ch.try_send(2), Err(goxide::chan::TrySendError::Full(2)));
    assert_eq!(poll_once(&mut second, &wakes), Poll::Ready(Some(1)));
    assert!(poll_once(&mut second, &wakes).is_pending());
    ch.close();
    assert_eq!(wakes.0.load(Ordering::SeqCst), 2);
    assert_eq!(poll_once(&mut second, &wakes), Poll::Ready(None));
    assert!(poll_once(&mut Chan::nil().into_stream(), &wakes) == Poll::<Option<i32>>::Pending);
}

#[goxide::test]
fn the_last_waker_counts() {
    let ch = chan::<i32>(0);
    let (old, new) = (Arc::new(Counter::default()), Arc::new(Counter::default()));
    let mut stream = ch.clone().into_stream();
    assert!(poll_once(&mut stream, &old).is_pending());
    assert!(poll_once(&mut stream, &new).is_pending());
    ch.send(1);
    assert_eq!((old.0.load(Ordering::SeqCst), new.0.load(Ordering::SeqCst)), (0, 1));
    assert_eq!(poll_once(&mut stream, &new), Poll::Ready(Some(1)));
}

#[goxide::test]
fn a_sink_gives_back_what_nobody_can_receive() {
    let (tx, rx) = channel(1);
    let mut sink = tx.into_sink();
    assert_eq!(goxide::block_on(send(&mut sink, 1)), Ok(()));
    go!(move || {
        goxide::yield_now();
        drop(rx);
    });
    assert_eq!(goxide::block_on(send(&mut sink, 2)), Err(2));
    // closing a sink of a Go channel closes the channel
    let ch = chan::<i32>(0);
    let mut sink = ch.clone().into_sink();
    let close = poll_fn(|cx| Pin::new(&mut sink).poll_close(cx));
    assert!(goxide::block_on(close).is_ok());
    assert_eq!(ch.recv(), None);
    assert_eq!(goxide::block_on(send(&mut sink, 3)), Err(3));
}

#[goxide::test]
fn streams_are_dropped_while_senders_find_them() {
    let ch = chan::<u32>(0);
    let tx = ch.clone();
    let sender = outside(move || {
        for i in 0..20_000 {
            tx.send(i);
        }
        tx.close();
    });
    let wakes = Arc::new(Counter::default());
    let mut last = None;
    goxide::blocking(|| {
        loop {
            let mut stream = ch.clone().into_stream();
            match poll_once(&mut stream, &wakes) {
                Poll::Ready(Some(i)) => assert!(last.replace(i).is_none_or(|before| before < i)),
                Poll::Ready(None) => break,
                // may be found just now, and takes what it was given with it
                Poll::Pending => drop(stream),
            }
        }
        sender.join().expect("no panic");
    });
}

#[goxide::test]
fn flume_channels_lead_both_ways() {
    let (to, from) = bridge::flume::bounded(0);
    let (back, answers) = bridge::flume::bounded(0);
    let thread = outside(move || {
        while let Ok(n) = from.recv() {
            back.send(2 * n).expect("somebody listens");
        }
    });
    go!(move || (0..100).for_each(|i| assert_eq!(bridge::send(&to, i), Ok(()))));
    let got: Vec<i32> = std::iter::from_fn(|| bridge::recv(&answers)).collect();
    assert_eq!(got, (0..100).map(|i| 2 * i).collect::<Vec<_>>());
    goxide::blocking(|| thread.join().expect("no panic"));
}

/// What a subscriber sees: for each event, the span that its thread is in.
#[derive(Default)]
struct Seen {
    names: Mutex<Vec<&'static str>>,
    events: Mutex<Vec<(String, Option<&'static str>)>>,
    disorder: AtomicUsize,
}

thread_local! {
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

struct Subscriber(Arc<Seen>);

struct Message(String);

impl tracing::field::Visit for Message {
    fn record_debug(&mut self, _: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0 = format!("{value:?}");
    }
}

impl tracing::Subscriber for Subscriber {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        let mut names = self.0.names.lock().expect("no panic");
        names.push(span.metadata().name());
        tracing::span::Id::from_u64(names.len() as u64)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    #[goxide::allow_identity(reason = "what subscribers keep for each thread, as those of the crate do")]
    fn event(&self, event: &tracing::Event<'_>) {
        let mut message = Message(String::new());
        event.record(&mut message);
        let top = ENTERED.with_borrow(|entered| entered.last().copied());
        let name = top.map(|id| self.0.names.lock().expect("no panic")[id as usize - 1]);
        self.0.events.lock().expect("no panic").push((message.0, name));
    }
    #[goxide::allow_identity(reason = "what subscribers keep for each thread, as those of the crate do")]
    fn enter(&self, id: &tracing::span::Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(id.into_u64()));
    }
    #[goxide::allow_identity(reason = "what subscribers keep for each thread, as those of the crate do")]
    fn exit(&self, id: &tracing::span::Id) {
        let left = ENTERED.with_borrow_mut(Vec::pop);
        if left != Some(id.into_u64()) {
            self.0.disorder.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[goxide::test]
fn spans_follow_their_goroutines() {
    use goxide::tracing::in_span;
    let seen = Arc::new(Seen::default());
    tracing::subscriber::set_global_default(Subscriber(seen.clone())).expect("the only test that has one");
    let (turn, done) = (chan::<()>(0), chan::<()>(0));
    for (outer, inner) in [("a", tracing::info_span!("a inside")), ("b", tracing::info_span!("b inside"))] {
        let span = if outer == "a" { tracing::info_span!("a") } else { tracing::info_span!("b") };
        let (turn, done) = (turn.clone(), done.clone());
        go!(in_span(span, move || {
            for _ in 0..50 {
                tracing::info!("{outer}");
                goxide::yield_now();
                in_span(inner.clone(), || {
                    turn.recv();
                    tracing::info!("{outer} inside");
                    goxide::time::sleep(Duration::from_micros(50));
                });
                tracing::info!("{outer}");
            }
            let panics = || in_span(inner, || std::panic::panic_any(1));
            let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics));
            assert!(unwound.is_err());
            tracing::info!("{outer}");
            done.send(());
        }));
    }
    for i in 0..100 {
        tracing::info!("none");
        turn.send(());
        if i % 10 == 0 {
            goxide::yield_now();
        }
    }
    done.recv();
    done.recv();
    tracing::info!("none");
    let events = seen.events.lock().expect("no panic");
    assert_eq!(events.len(), 2 * 151 + 101);
    for (message, span) in &*events {
        assert_eq!(message.as_str(), span.unwrap_or("none"));
    }
    assert_eq!(seen.disorder.load(Ordering::Relaxed), 0);
}

#[goxide::test]
fn log_is_as_it_is() {
    struct Lines(Mutex<Vec<String>>);
    impl log::Log for Lines {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }
        fn log(&self, record: &log::Record<'_>) {
            self.0.lock().expect("no panic").push(record.args().to_string());
        }
        fn flush(&self) {}
    }
    static LINES: Lines = Lines(Mutex::new(Vec::new()));
    log::set_logger(&LINES).expect("the only one");
    log::set_max_level(log::LevelFilter::Info);
    let done = chan(0);
    for i in 0..10 {
        let done = done.clone();
        go!(move || {
            log::info!("goroutine {i}");
            done.send(());
        });
    }
    (0..10).for_each(|_| assert!(done.recv().is_some()));
    // nor does the runtime write any
    let mut lines = LINES.0.lock().expect("no panic").clone();
    lines.sort();
    assert_eq!(lines, (0..10).map(|i| format!("goroutine {i}")).collect::<Vec<_>>());
}
