//! WebSockets with `tungstenite`, a crate made for streams that block: it takes goxide's streams as it takes std's, because they have
//! std's `Read` and `Write`, and a goroutine that waits for a message costs no thread.

use goxide::net::{TcpListener, TcpStream};
use goxide::sync::WaitGroup;
use goxide::{channel, go};
use std::error::Error;
use std::net::SocketAddr;
use tungstenite::Message;

/// Answers each text with itself, backwards, until the client closes.
fn serve(stream: TcpStream) -> Result<(), Box<dyn Error>> {
    let mut socket = tungstenite::accept(stream).map_err(|error| error.to_string())?;
    loop {
        match socket.read() {
            Ok(Message::Text(text)) => {
                let backwards: String = text.chars().rev().collect();
                socket.send(Message::text(backwards))?;
            }
            Ok(_) => {}
            Err(tungstenite::Error::ConnectionClosed) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

fn ask(server: SocketAddr, word: &str) -> Result<String, String> {
    let stream = TcpStream::connect(server).map_err(|error| error.to_string())?;
    let url = format!("ws://{server}/");
    let (mut socket, _) = tungstenite::client(url, stream).map_err(|error| error.to_string())?;
    let answer = socket.send(Message::text(word)).and_then(|()| socket.read());
    let text = answer.and_then(Message::into_text).map_err(|error| error.to_string())?;
    // The server reads the end of the conversation, and answers it.
    socket.close(None).map_err(|error| error.to_string())?;
    while socket.read().is_ok() {}
    Ok(text.to_string())
}

#[goxide::main]
fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
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

    let (answers, received) = channel(0);
    for word in ["straw", "drawer", "stressed", "parts"] {
        let answers = answers.clone();
        go!(move || {
            let _ = answers.send(ask(address, word));
        });
    }
    drop(answers);
    let mut all = received.iter().collect::<Result<Vec<String>, String>>()?;
    all.sort();
    println!("{}", all.join(" "));

    listener.close()?;
    served.wait();
    Ok(())
}
