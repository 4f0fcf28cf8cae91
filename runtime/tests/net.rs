//! Sockets and files on goroutines: what `std` has, deadlines and closing as in Go, and trouble with descriptors.

use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goxide::fs::{self, File};
use goxide::net::{
    Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs, UdpSocket, UnixDatagram, UnixListener,
    UnixStream,
};
use goxide::sync::WaitGroup;
use goxide::{chan, go, time};

const SHORT: Duration = Duration::from_millis(20);

/// A server that sends back what it gets, until the listener is closed.
fn echo_server() -> (Arc<TcpListener>, SocketAddr) {
    let listener = Arc::new(TcpListener::bind("127.0.0.1:0").unwrap());
    let address = listener.local_addr().unwrap();
    let server = listener.clone();
    go!(move || {
        for stream in server.incoming() {
            let stream = stream.unwrap();
            go!(move || {
                // A client that ends in the middle of it is none of our business.
                let _ = std::io::copy(&mut &stream, &mut &stream);
            });
        }
    });
    (listener, address)
}

fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let a = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (b, from) = listener.accept().unwrap();
    assert_eq!((from, b.local_addr().unwrap()), (a.local_addr().unwrap(), a.peer_addr().unwrap()));
    (a, b)
}

fn temporary(name: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("goxide-net-{name}-{}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let _ = std::fs::remove_dir_all(&path);
    path
}

#[goxide::test]
fn two_hundred_connections() {
    let (listener, address) = echo_server();
    let clients = WaitGroup::new();
    for client in 0..200u8 {
        clients.go(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_nodelay(true).unwrap();
            let mut reply = [0; 64];
            for round in 0..50u8 {
                stream.write_all(&[client ^ round; 64]).unwrap();
                stream.read_exact(&mut reply).unwrap();
                assert_eq!(reply, [client ^ round; 64]);
            }
        });
    }
    clients.wait();
    listener.close().unwrap();
}

#[goxide::test]
fn streams_made_by_one_goroutine_are_used_by_others_on_both_sides() {
    let (listener, address) = echo_server();
    let streams: Vec<_> = (0..20).map(|_| TcpStream::connect(address).unwrap()).collect();
    let all = WaitGroup::new();
    for stream in streams {
        let mut writer = stream.try_clone().unwrap();
        all.go(move || {
            for n in 0..2_000u32 {
                writer.write_all(&n.to_be_bytes()).unwrap();
            }
            writer.shutdown(Shutdown::Write).unwrap();
        });
        all.go(move || {
            let mut reader = BufReader::new(stream);
            let mut word = [0; 4];
            for n in 0..2_000u32 {
                reader.read_exact(&mut word).unwrap();
                assert_eq!(u32::from_be_bytes(word), n);
            }
            assert_eq!(reader.read(&mut word).unwrap(), 0);
        });
    }
    all.wait();
    listener.close().unwrap();
}

#[goxide::test]
fn large_writes_wait_for_a_slow_reader() {
    const SIZE: usize = 8 << 20;
    let (mut a, mut b) = pair();
    let written = chan::<()>(1);
    let done = written.clone();
    go!(move || {
        let data: Vec<u8> = (0..SIZE).map(|i| (i * 7 / 3) as u8).collect();
        a.write_all(&data).unwrap();
        done.send(());
    });
    time::sleep(SHORT);
    assert!(written.try_recv().is_err(), "no queue is that large");
    let mut data = Vec::new();
    let mut part = vec![0; 100_000];
    loop {
        let n = b.read(&mut part).unwrap();
        if n == 0 {
            break;
        }
        data.extend_from_slice(&part[..n]);
        goxide::yield_now();
    }
    assert_eq!(data.len(), SIZE);
    assert!(data.iter().enumerate().all(|(i, &byte)| byte == (i * 7 / 3) as u8));
    written.recv();
}

#[goxide::test]
fn half_close_ends_one_direction() {
    let (mut a, mut b) = pair();
    a.write_all(b"question").unwrap();
    a.shutdown(Shutdown::Write).unwrap();
    let mut text = String::new();
    b.read_to_string(&mut text).unwrap();
    assert_eq!(text, "question");
    b.write_all(b"answer").unwrap();
    drop(b);
    let mut text = String::new();
    a.read_to_string(&mut text).unwrap();
    assert_eq!(text, "answer");
    assert_eq!(
        a.write_all(&[0; 1 << 20]).and_then(|()| a.write_all(&[0])).unwrap_err().kind(),
        ErrorKind::BrokenPipe
    );
}

/// One event may tell of the last bytes and of the end: who reads less than there was room for must find the end all the same.
#[goxide::test]
fn the_end_that_comes_with_the_last_bytes_is_found() {
    for round in 0..50 {
        let (mut a, mut b) = pair();
        let mut bytes = [0; 64];
        a.write_all(b"first").unwrap();
        assert_eq!(b.read(&mut bytes).unwrap(), 5);
        let last = WaitGroup::new();
        last.go(move || {
            let mut bytes = [0; 64];
            // It is waiting, or finds all at once.
            if round % 2 == 0 {
                time::sleep(Duration::from_millis(1));
            }
            assert_eq!(b.read(&mut bytes).unwrap(), 4);
            assert_eq!(b.read(&mut bytes).unwrap(), 0);
            assert_eq!(b.read(&mut bytes).unwrap(), 0);
        });
        goxide::yield_now();
        a.write_all(b"last").unwrap();
        drop(a);
        last.wait();
    }
}

/// A stream that has been read in messages of one byte so often that its reads are told what they leave.
#[cfg(target_os = "linux")]
fn told_pair() -> (TcpStream, TcpStream) {
    let (mut a, b) = pair();
    let (asked, reader) = (chan::<()>(0), b.try_clone().unwrap());
    let done = asked.clone();
    go!(move || {
        for _ in 0..20 {
            (&reader).read_exact(&mut [0]).unwrap();
            done.send(());
        }
    });
    for _ in 0..20 {
        // The reader has tried in vain by then, mostly.
        goxide::yield_now();
        time::sleep(Duration::from_micros(100));
        a.write_all(b"x").unwrap();
        asked.recv();
    }
    (a, b)
}

#[cfg(target_os = "linux")]
#[goxide::test]
fn reads_that_fill_their_buffers_leave_the_rest() {
    for round in 0..20 {
        let (mut a, mut b) = told_pair();
        let (all, parts) = (WaitGroup::new(), chan::<()>(0));
        let read = parts.clone();
        all.go(move || {
            let mut bytes = [0; 4];
            for part in [b"pieces o", b"f eight ", b"bytes ea"] {
                for half in part.chunks(4) {
                    b.read_exact(&mut bytes).unwrap();
                    assert_eq!(bytes, half);
                }
                read.send(());
            }
            // The end comes right behind a read that left nothing.
            b.read_exact(&mut bytes).unwrap();
            if round % 2 == 0 {
                time::sleep(Duration::from_millis(1));
            }
            assert_eq!(b.read(&mut bytes).unwrap(), 0);
            assert_eq!(b.read(&mut bytes).unwrap(), 0);
        });
        for part in ["pieces o", "f eight ", "bytes ea"] {
            // No other event comes before all of it is read.
            a.write_all(part.as_bytes()).unwrap();
            parts.recv();
        }
        a.write_all(b"last").unwrap();
        drop(a);
        all.wait();
    }
}

/// A read stops before an urgent byte, though there is more behind it.
#[cfg(target_os = "linux")]
#[goxide::test]
fn bytes_behind_an_urgent_one_are_read() {
    for round in 0..50 {
        let (mut a, mut b) = if round % 10 == 9 { told_pair() } else { pair() };
        let mut bytes = [0; 64];
        a.write_all(b"first").unwrap();
        assert_eq!(b.read(&mut bytes).unwrap(), 5);
        let all = WaitGroup::new();
        all.go(move || {
            let (mut bytes, mut read) = ([0; 4], 0);
            if round % 2 == 0 {
                time::sleep(Duration::from_millis(1));
            }
            while read < 4 {
                read += b.read(&mut bytes[read..]).unwrap();
            }
            assert_eq!(&bytes[..read], b"here");
        });
        goxide::yield_now();
        let a = a.into_std().unwrap();
        socket2::SockRef::from(&a).send(b"he").unwrap();
        socket2::SockRef::from(&a).send_out_of_band(b"!").unwrap();
        socket2::SockRef::from(&a).send(b"re").unwrap();
        all.wait();
    }
}

#[goxide::test]
fn a_connection_that_is_reset_wakes_reader_and_writer() {
    let (a, b) = pair();
    let ends = chan::<ErrorKind>(0);
    let (writer, ended) = (a.try_clone().unwrap(), ends.clone());
    a.set_write_deadline(Some(Instant::now() + SHORT)).unwrap();
    let full = loop {
        if let Err(error) = (&a).write(&[0; 1 << 16]) {
            break error;
        }
    };
    assert_eq!(full.kind(), ErrorKind::TimedOut);
    a.set_write_deadline(None).unwrap();
    go!(move || ended.send((&writer).write_all(&[0; 1 << 20]).unwrap_err().kind()));
    let (reader, ended) = (a.try_clone().unwrap(), ends.clone());
    go!(move || ended
        .send((&reader).read(&mut [0]).map_or_else(|error| error.kind(), |_| ErrorKind::UnexpectedEof)));
    time::sleep(SHORT);
    // With what it has not read, and without lingering, the system resets it.
    socket2::SockRef::from(&b).set_linger(Some(Duration::ZERO)).unwrap();
    drop(b);
    let mut both = [ends.recv().unwrap(), ends.recv().unwrap()];
    both.sort();
    // The system tells one of the two, whoever comes first; the other one finds a connection that is over.
    assert!(both.contains(&ErrorKind::ConnectionReset), "{both:?}");
    let over = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe, ErrorKind::UnexpectedEof];
    assert!(both.iter().all(|end| over.contains(end)), "{both:?}");
}

#[goxide::test]
fn deadlines() {
    let (a, b) = pair();
    let mut byte = [0];
    a.set_read_deadline(Some(Instant::now() + SHORT)).unwrap();
    let start = Instant::now();
    assert_eq!((&a).read(&mut byte).unwrap_err().kind(), ErrorKind::TimedOut);
    assert!(start.elapsed() >= SHORT - Duration::from_millis(1));
    (&b).write_all(b"x").unwrap();
    assert_eq!((&a).read(&mut byte).unwrap_err().kind(), ErrorKind::TimedOut, "as long as it stands");
    a.set_read_deadline(None).unwrap();
    assert_eq!((&a).read(&mut byte).unwrap(), 1);

    // One that is set meanwhile counts, in both directions.
    let later = a.try_clone().unwrap();
    go! {
        time::sleep(SHORT);
        later.set_deadline(Some(Instant::now() - SHORT)).unwrap();
    }
    assert_eq!((&a).read(&mut byte).unwrap_err().kind(), ErrorKind::TimedOut);
    assert_eq!((&a).write(&byte).unwrap_err().kind(), ErrorKind::TimedOut);
    a.set_deadline(Some(Instant::now() + SHORT)).unwrap();
    let later = a.try_clone().unwrap();
    let far = chan::<()>(0);
    let reads = far.clone();
    go! {
        later.set_read_deadline(None).unwrap();
        assert_eq!((&later).read(&mut [0]).unwrap(), 1);
        reads.send(());
    }
    let filled = loop {
        if let Err(error) = (&a).write(&[0; 65536]) {
            break error;
        }
    };
    assert_eq!(filled.kind(), ErrorKind::TimedOut);
    (&b).write_all(b"x").unwrap();
    far.recv();

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_deadline(Some(Instant::now() + SHORT)).unwrap();
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::TimedOut);
}

#[goxide::test]
fn timeouts_are_for_each_operation() {
    let (a, b) = pair();
    assert_eq!(a.set_read_timeout(Some(Duration::ZERO)).unwrap_err().kind(), ErrorKind::InvalidInput);
    a.set_read_timeout(Some(SHORT)).unwrap();
    assert_eq!(a.read_timeout().unwrap(), Some(SHORT));
    for _ in 0..2 {
        assert_eq!((&a).read(&mut [0]).unwrap_err().kind(), ErrorKind::TimedOut);
    }
    (&b).write_all(b"x").unwrap();
    let mut byte = [0];
    (&a).read_exact(&mut byte).unwrap();
    assert_eq!(&byte, b"x");
}

#[goxide::test]
fn close_wakes_whoever_waits() {
    let (a, mut b) = pair();
    let a = Arc::new(a);
    let ends = chan::<ErrorKind>(0);
    for _ in 0..3 {
        let (a, ends) = (a.clone(), ends.clone());
        go!(move || ends.send((&*a).read(&mut [0]).unwrap_err().kind()));
    }
    time::sleep(SHORT);
    a.close().unwrap();
    for _ in 0..3 {
        assert_eq!(ends.recv(), Some(ErrorKind::NotConnected));
    }
    assert_eq!(b.read(&mut [0]).unwrap(), 0, "the peer sees it");
    assert!((&*a).write(&[0]).is_err());
    assert!(a.close().is_err());
}

#[goxide::test]
fn close_ends_accept() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let other = listener.try_clone().unwrap();
    let ends = chan::<usize>(0);
    let count = ends.clone();
    go!(move || count.send(other.incoming().count()));
    time::sleep(SHORT);
    listener.close().unwrap();
    assert_eq!(ends.recv(), Some(0));
    assert!(listener.accept().is_err());
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[goxide::test]
fn a_handle_dropped_while_another_accepts_changes_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let other = listener.try_clone().unwrap();
    let accepted = chan::<SocketAddr>(0);
    let peer = accepted.clone();
    go!(move || peer.send(other.accept().unwrap().1));
    time::sleep(SHORT);
    drop(listener);
    let stream = TcpStream::connect(address).unwrap();
    assert_eq!(accepted.recv(), Some(stream.local_addr().unwrap()));
}

#[goxide::test]
fn several_accept_from_one_listener() {
    let listener = Arc::new(TcpListener::bind("127.0.0.1:0").unwrap());
    let address = listener.local_addr().unwrap();
    let (accepted, all) = (Arc::new(AtomicUsize::new(0)), WaitGroup::new());
    for _ in 0..8 {
        let (listener, accepted) = (listener.clone(), accepted.clone());
        all.go(move || {
            let mine = listener.incoming().count();
            accepted.fetch_add(mine, Ordering::SeqCst);
        });
    }
    let mut streams: Vec<_> = (0..100).map(|_| TcpStream::connect(address).unwrap()).collect();
    // Each is accepted and dropped, which it reads as the end.
    for stream in &mut streams {
        assert_eq!(stream.read(&mut [0]).unwrap(), 0);
    }
    listener.close().unwrap();
    all.wait();
    assert_eq!(accepted.load(Ordering::SeqCst), 100);
}

#[goxide::test]
fn connect_refused_and_names() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    let limit = Duration::from_secs(10);
    assert_eq!(TcpStream::connect_timeout(&address, limit).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    assert_eq!(
        TcpStream::connect_timeout(&address, Duration::ZERO).unwrap_err().kind(),
        ErrorKind::InvalidInput
    );
    for wrong in ["no port", "localhost:99999", "127.0.0.1:x"] {
        assert_eq!(TcpStream::connect(wrong).unwrap_err().kind(), ErrorKind::InvalidInput, "{wrong}");
    }
    assert!(("localhost", 80).to_socket_addrs().unwrap().all(|address| address.ip().is_loopback()));
    let (listener, address) = echo_server();
    let addresses = [SocketAddr::from(([127, 0, 0, 1], 1)), address];
    let mut stream = TcpStream::connect(&addresses[..]).unwrap();
    stream.write_all(b"x").unwrap();
    stream.read_exact(&mut [0]).unwrap();
    TcpStream::connect(("localhost", address.port())).unwrap();
    listener.close().unwrap();
}

#[goxide::test]
fn udp() {
    let server = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    go!(move || {
        let mut packet = [0; 100];
        for _ in 0..10 {
            let (length, from) = server.recv_from(&mut packet).unwrap();
            server.send_to(&packet[..length], from).unwrap();
        }
    });
    let client = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
    client.connect(address).unwrap();
    for length in 1..=10 {
        client.send(&vec![length as u8; length]).unwrap();
        let mut packet = [0; 100];
        assert_eq!(client.peek(&mut packet).unwrap(), length);
        assert_eq!(client.recv(&mut packet).unwrap(), length);
        assert_eq!(packet[length - 1], length as u8);
    }
    client.set_read_deadline(Some(Instant::now() + SHORT)).unwrap();
    assert_eq!(client.recv(&mut [0]).unwrap_err().kind(), ErrorKind::TimedOut);
}

#[goxide::test]
fn unix_sockets() {
    let path = temporary("stream");
    let listener = UnixListener::bind(&path).unwrap();
    go!(move || {
        for stream in &listener {
            let stream = stream.unwrap();
            go!(move || std::io::copy(&mut &stream, &mut &stream).map(drop).unwrap());
        }
    });
    // More at once than the listener's queue may hold.
    let clients = WaitGroup::new();
    for _ in 0..100 {
        let path = path.clone();
        clients.go(move || {
            let mut stream = UnixStream::connect(path).unwrap();
            stream.write_all(b"hello").unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            assert_eq!(text, "hello");
        });
    }
    clients.wait();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(UnixStream::connect(&path).unwrap_err().kind(), ErrorKind::NotFound);

    let path = temporary("datagram");
    let server = UnixDatagram::bind(&path).unwrap();
    let to = path.clone();
    go!(move || UnixDatagram::unbound().unwrap().send_to(b"packet", &to).map(drop).unwrap());
    let mut packet = [0; 16];
    let (length, _) = server.recv_from(&mut packet).unwrap();
    assert_eq!(&packet[..length], b"packet");
    std::fs::remove_file(&path).unwrap();
    let (a, b) = UnixDatagram::pair().unwrap();
    go!(move || (0..1000u32).for_each(|n| assert_eq!(a.send(&n.to_be_bytes()).unwrap(), 4)));
    for n in 0..1000u32 {
        let mut word = [0; 4];
        b.recv(&mut word).unwrap();
        assert_eq!(u32::from_be_bytes(word), n);
    }
}

#[goxide::test]
fn a_descriptor_that_is_always_ready_does_not_keep_others_from_running() {
    // Always ready: neither side ever waits for long, and the third must still get its turn.
    let (mut a, mut b) = pair();
    go!(move || while a.write_all(&[0; 4096]).is_ok() {});
    let (turn, reader) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counted, stop) = (turn.clone(), reader.clone());
    go!(move || {
        while stop.load(Ordering::SeqCst) == 0 {
            counted.fetch_add(1, Ordering::SeqCst);
            goxide::yield_now();
        }
    });
    let mut data = [0; 64];
    while turn.load(Ordering::SeqCst) < 10 {
        b.read_exact(&mut data).unwrap();
    }
    reader.store(1, Ordering::SeqCst);
}

#[test]
fn on_plain_threads_calls_block() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut word = [0; 4];
        stream.read_exact(&mut word).unwrap();
        stream.write_all(&word).unwrap();
        stream.set_read_timeout(Some(SHORT)).unwrap();
        assert_eq!(stream.read(&mut word).unwrap_err().kind(), ErrorKind::TimedOut);
        let other = stream.try_clone().unwrap();
        stream.set_read_timeout(None).unwrap();
        let closer = std::thread::spawn(move || {
            std::thread::sleep(SHORT);
            other.close().unwrap();
        });
        assert_eq!(stream.read(&mut word).unwrap_err().kind(), ErrorKind::NotConnected);
        closer.join().unwrap();
    });
    let mut stream = TcpStream::connect(address).unwrap();
    std::thread::sleep(SHORT);
    stream.write_all(b"ping").unwrap();
    let mut word = [0; 4];
    stream.read_exact(&mut word).unwrap();
    assert_eq!(&word, b"ping");
    server.join().unwrap();
}

#[goxide::test]
fn to_and_from_std() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let listener = TcpListener::from(listener);
    go!(move || {
        let mut stream = listener.accept().unwrap().0;
        stream.read_exact(&mut [0]).unwrap();
        assert_eq!(stream.try_clone().unwrap().into_std().unwrap_err().kind(), ErrorKind::ResourceBusy);
        stream.into_std().unwrap().write_all(b"y").unwrap();
    });
    let mut stream = TcpStream::from(std::net::TcpStream::connect(address).unwrap());
    stream.write_all(b"x").unwrap();
    let mut byte = [0];
    stream.read_exact(&mut byte).unwrap();
    assert_eq!(&byte, b"y");
}

#[goxide::test]
fn files() {
    let folder = temporary("files");
    fs::create_dir_all(folder.join("a/b")).unwrap();
    let path = folder.join("text");
    let mut file = File::create(&path).unwrap();
    writeln!(file, "one\ntwo").unwrap();
    drop(file);
    let file = File::open(&path).unwrap();
    assert_eq!(file.metadata().unwrap().len(), 8);
    let lines: Vec<_> = BufReader::new(&file).lines().map(Result::unwrap).collect();
    assert_eq!(lines, ["one", "two"]);
    (&file).seek(SeekFrom::Start(4)).unwrap();
    let mut rest = String::new();
    (&file).read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "two\n");
    File::options().append(true).open(&path).unwrap().write_all(b"three\n").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\nthree\n");
    assert_eq!(File::create_new(&path).unwrap_err().kind(), ErrorKind::AlreadyExists);
    fs::rename(&path, folder.join("a/text")).unwrap();
    assert!(!fs::exists(&path).unwrap());
    fs::write(&path, "new").unwrap();
    assert_eq!(fs::copy(&path, folder.join("copy")).unwrap(), 3);
    for n in 0..150 {
        fs::write(folder.join(format!("{n}")), []).unwrap();
    }
    let mut names: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 153);
    assert_eq!(names[150..], ["a", "copy", "text"]);
    fs::remove_file(&path).unwrap();
    assert_eq!(fs::read(&path).unwrap_err().kind(), ErrorKind::NotFound);
    fs::remove_dir_all(&folder).unwrap();
}

/// Runs one of the tests below in a process of its own, in a shell that was prepared.
fn in_a_child(test: &str, shell: &str) {
    let exe = std::env::current_exe().unwrap();
    let script = format!("{shell} exec \"$0\" --exact {test} --ignored --nocapture");
    let output = Command::new("sh").arg("-c").arg(script).arg(exe).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn out_of_descriptors() {
    in_a_child("child_out_of_descriptors", "ulimit -n 40;");
}

#[goxide::test]
#[ignore = "run by another test"]
fn child_out_of_descriptors() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let first = TcpStream::connect(address).unwrap();
    listener.accept().unwrap();
    let mut held = Vec::new();
    let error = loop {
        match UdpSocket::bind("127.0.0.1:0") {
            Ok(socket) => held.push(socket),
            Err(error) => break error,
        }
    };
    assert_eq!(error.raw_os_error(), Some(24), "EMFILE");
    assert_eq!(TcpStream::connect(address).unwrap_err().raw_os_error(), Some(24));
    held.pop();
    let second = TcpStream::connect(address).unwrap();
    assert_eq!(listener.accept().unwrap_err().raw_os_error(), Some(24));
    assert!(fs::read("/proc/self/stat").is_err());
    held.pop();
    let (mut accepted, from) = listener.accept().unwrap();
    assert_eq!(from, second.local_addr().unwrap());
    accepted.write_all(b"x").unwrap();
    (&second).read_exact(&mut [0]).unwrap();
    drop(first);
}

#[test]
fn a_thousand_idle_connections() {
    in_a_child("child_a_thousand_idle_connections", "ulimit -n $(ulimit -H -n);");
}

#[goxide::test]
#[ignore = "run by another test"]
fn child_a_thousand_idle_connections() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let ends = chan::<SocketAddr>(0);
    let mut clients = Vec::new();
    for _ in 0..1000 {
        clients.push(TcpStream::connect(address).unwrap());
        let (mut stream, peer) = listener.accept().unwrap();
        let ends = ends.clone();
        go!(move || {
            stream.read_exact(&mut [0]).unwrap();
            ends.send(peer);
        });
    }
    time::sleep(SHORT);
    for client in &mut clients {
        client.write_all(&[1]).unwrap();
        assert_eq!(ends.recv(), Some(client.local_addr().unwrap()));
    }
}

#[test]
fn standard_input() {
    in_a_child("child_standard_input", "printf 'one\\ntwo\\r\\nthree' |");
}

#[goxide::test]
#[ignore = "run by another test"]
fn child_standard_input() {
    let lines: Vec<_> = goxide::io::stdin().lines().map(Result::unwrap).collect();
    assert_eq!(lines, ["one", "two", "three"]);
}
