//! A small HTTP server with `httparse`: read until a request is whole, answer, and go on with the next one. The client is a plain
//! stream as well. With an address to listen at, `cargo run --release --bin http 127.0.0.1:8080`, it serves until it is stopped:
//! for `wrk -c 100 http://127.0.0.1:8080/` or a browser.

use goxide::go;
use goxide::net::{TcpListener, TcpStream};
use goxide::sync::WaitGroup;
use std::io::{self, BufRead, BufReader, Read, Write};

/// The path that is asked for and how long the request is, if all of it is there.
fn parse(bytes: &[u8]) -> io::Result<Option<(String, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => Ok(Some((request.path.unwrap_or("/").to_string(), length))),
        Ok(httparse::Status::Partial) => Ok(None),
        Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
    }
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    let (mut bytes, mut part) = (Vec::new(), [0; 512]);
    loop {
        while let Some((path, length)) = parse(&bytes)? {
            bytes.drain(..length);
            let body = format!("you asked for {path}\n");
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            // In one piece: of several small ones the second waits until the client's system has acknowledged the first.
            stream.write_all((head + &body).as_bytes())?;
        }
        match stream.read(&mut part)? {
            0 => return Ok(()),
            length => bytes.extend_from_slice(&part[..length]),
        }
    }
}

#[goxide::main]
fn main() -> io::Result<()> {
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:0"))?;
    let (served, server) = (WaitGroup::new(), listener.try_clone()?);
    served.go(move || {
        for stream in server.incoming().flatten() {
            go!(move || {
                if let Err(error) = serve(stream) {
                    eprintln!("a client is lost: {error}");
                }
            });
        }
    });

    if address.is_some() {
        served.wait();
    }
    let mut stream = TcpStream::connect(listener.local_addr()?)?;
    // Two requests at once, then one in two parts.
    stream.write_all(b"GET /one HTTP/1.1\r\nHost: here\r\n\r\nGET /two HTTP/1.1\r\n\r\nGET /thr")?;
    stream.write_all(b"ee HTTP/1.1\r\nHost: here\r\n\r\n")?;
    let answers = BufReader::new(&stream)
        .lines()
        .filter(|line| line.as_ref().is_ok_and(|line| line.starts_with("you asked")));
    for answer in answers.take(3) {
        println!("{}", answer?);
    }

    listener.close()?;
    served.wait();
    Ok(())
}
