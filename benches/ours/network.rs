//! Benchmarks of sockets.

use goxide::net::{TcpListener, TcpStream};
use goxide::sync::WaitGroup;
use goxide::{go, time};
use goxide_benches::common::{CONNECTIONS, Connections, Memory, REQUEST, ask, echo, tcp_done};
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub fn tcp_echo(n: usize) -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    go!(move || {
        while let Ok((client, _)) = listener.accept() {
            go!(move || {
                // It ends with the error of a client that has ended.
                let _ = client.set_nodelay(true).and_then(|()| echo(client));
            });
        }
    });
    let mut clients = Vec::new();
    for _ in 0..CONNECTIONS {
        let client = TcpStream::connect(address)?;
        client.set_nodelay(true)?;
        clients.push(client);
    }
    let asked = WaitGroup::new();
    let begun = Instant::now();
    for client in clients {
        asked.go(move || ask(client, n).expect("the server answers"));
    }
    asked.wait();
    tcp_done(begun.elapsed(), n);
    Ok(())
}

/// Connections that have each asked once and ask no more.
pub fn idle_conns(n: usize) -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let answered = Arc::new(AtomicUsize::new(0));
    let memory = Memory::before();
    let begun = Instant::now();
    let clients = Connections::start(listener.local_addr()?, n)?;
    for _ in 0..n {
        let (mut client, _) = listener.accept()?;
        let count = answered.clone();
        go!(move || {
            let mut request = [0; REQUEST];
            while let Ok(length @ 1..) = client.read(&mut request) {
                if client.write_all(&request[..length]).is_err() {
                    return;
                }
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    while answered.load(Ordering::Relaxed) < n {
        time::sleep(Duration::from_millis(1));
    }
    let created = begun.elapsed();
    time::sleep(Duration::from_millis(200));
    memory.report(n, created);
    drop(clients);
    Ok(())
}
