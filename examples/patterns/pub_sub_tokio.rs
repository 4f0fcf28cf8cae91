//! `pub_sub.rs` with tokio. Its `broadcast` would be shorter, but drops messages for subscribers that are slow; to wait for them there
//! is a channel for each. A closure cannot wait, so those that have gone are forgotten by hand.

use std::collections::HashMap;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{Receiver, Sender, channel};

#[derive(Default)]
struct Topics(Mutex<HashMap<&'static str, Vec<Sender<String>>>>);

impl Topics {
    async fn subscribe(&self, topic: &'static str) -> Receiver<String> {
        let (tx, rx) = channel(1);
        self.0.lock().await.entry(topic).or_default().push(tx);
        rx
    }

    /// Waits for subscribers that are slow; those that have gone are forgotten.
    async fn publish(&self, topic: &str, text: &str) {
        if let Some(subscribers) = self.0.lock().await.get_mut(topic) {
            let mut i = 0;
            while i < subscribers.len() {
                match subscribers[i].send(text.to_string()).await {
                    Ok(()) => i += 1,
                    Err(_) => drop(subscribers.remove(i)),
                }
            }
        }
    }
}

#[tokio::main]
async fn main() {
    let topics = Topics::default();
    let mut tasks = Vec::new();
    for topic in ["rust", "go", "rust"] {
        let mut messages = topics.subscribe(topic).await;
        tasks.push(tokio::spawn(async move {
            let mut heard = Vec::new();
            while let Some(message) = messages.recv().await {
                heard.push(message);
            }
            heard
        }));
    }
    topics.publish("rust", "a new edition").await;
    topics.publish("go", "generic methods").await;
    topics.publish("rust", "a new borrow checker").await;
    topics.0.lock().await.clear();
    for task in tasks {
        println!("{}", task.await.expect("no task panics").join(", "));
    }
}
