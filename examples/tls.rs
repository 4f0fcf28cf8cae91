//! TLS with `rustls`, a crate made for streams that block, over goxide's streams as they are: a server with a certificate of its own making, and
//! clients that trust it and nothing else.

use goxide::net::{TcpListener, TcpStream};
use goxide::sync::WaitGroup;
use goxide::{channel, go};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::sync::Arc;

/// Answers each line with itself, in capitals, until the client closes.
fn serve(config: Arc<ServerConfig>, stream: TcpStream) -> io::Result<()> {
    let session = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(session, stream));
    let mut line = String::new();
    while stream.read_line(&mut line)? > 0 {
        stream.get_mut().write_all(line.to_uppercase().as_bytes())?;
        line.clear();
    }
    Ok(())
}

fn ask(config: Arc<ClientConfig>, server: SocketAddr, text: &str) -> io::Result<String> {
    let name = ServerName::try_from("localhost").map_err(io::Error::other)?;
    let session = ClientConnection::new(config, name).map_err(io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(session, TcpStream::connect(server)?));
    let mut answer = String::new();
    writeln!(stream.get_mut(), "{text}")?;
    stream.read_line(&mut answer)?;
    // The server reads the end of the conversation.
    let StreamOwned { conn, sock } = stream.get_mut();
    conn.send_close_notify();
    conn.complete_io(sock)?;
    Ok(answer)
}

fn configs() -> Result<(Arc<ServerConfig>, Arc<ClientConfig>), Box<dyn Error>> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_string()])?;
    let certificate: CertificateDer = made.cert.der().clone();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let mut trusted = RootCertStore::empty();
    trusted.add(certificate.clone())?;
    let server =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key.into())?;
    let client = ClientConfig::builder().with_root_certificates(trusted).with_no_client_auth();
    Ok((Arc::new(server), Arc::new(client)))
}

#[goxide::main]
fn main() -> Result<(), Box<dyn Error>> {
    let (server_config, client_config) = configs()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let (served, server) = (WaitGroup::new(), listener.try_clone()?);
    served.go(move || {
        for stream in server.incoming().flatten() {
            let config = server_config.clone();
            go!(move || {
                if let Err(error) = serve(config, stream) {
                    eprintln!("a client is lost: {error}");
                }
            });
        }
    });

    let (answers, received) = channel(0);
    for word in ["handshake", "cipher", "certificate", "nonce"] {
        let (answers, config) = (answers.clone(), client_config.clone());
        go!(move || {
            let _ = answers.send(ask(config, address, word));
        });
    }
    drop(answers);
    let mut all = received.iter().collect::<io::Result<Vec<String>>>()?;
    all.sort();
    print!("{}", all.concat());

    listener.close()?;
    served.wait();
    Ok(())
}
