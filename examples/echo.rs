//! An echo server and its clients in one program: the sockets have std's names and std's `Read` and `Write`, and a goroutine that
//! waits for one costs no thread.
//!
//! One goroutine for each connection, as in Go. The server ends when its listener is closed.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;

use goxide::net::{TcpListener, TcpStream};
use goxide::sync::WaitGroup;
use goxide::{channel, go};

fn serve(stream: TcpStream) -> std::io::Result<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(&stream);
    while reader.read_line(&mut line)? > 0 {
        (&stream).write_all(line.to_uppercase().as_bytes())?;
        line.clear();
    }
    Ok(())
}

fn ask(server: SocketAddr, question: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(server)?;
    writeln!(stream, "{question}")?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer)?;
    Ok(answer.trim_end().to_string())
}

#[goxide::main]
fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let (served, server) = (WaitGroup::new(), listener.try_clone()?);
    served.go(move || {
        for stream in server.incoming() {
            match stream {
                Ok(stream) => go!(move || {
                    if let Err(error) = serve(stream) {
                        eprintln!("a client is lost: {error}");
                    }
                }),
                Err(error) => eprintln!("no connection: {error}"),
            }
        }
    });

    let (answers, received) = channel(0);
    for n in 1..=100 {
        let answers = answers.clone();
        go!(move || {
            let _ = answers.send(ask(address, &format!("question {n}")));
        });
    }
    drop(answers);
    let mut all = received.iter().collect::<std::io::Result<Vec<String>>>()?;
    all.sort_by_key(|answer| answer.len());
    println!("{} answers, the longest: {}", all.len(), all[99]);

    listener.close()?;
    served.wait();
    println!("the server has ended");
    Ok(())
}
