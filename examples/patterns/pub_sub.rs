//! Publish and subscribe: every subscriber of a topic has a channel, and gets every message once. After "PubSub using channels in Go" by Eli
//! Bendersky; `pub_sub_tokio.rs` is the same with tokio.

use goxide::sync::Mutex;
use goxide::{Receiver, Sender, channel, scope};
use std::collections::HashMap;

#[derive(Default)]
struct Topics(Mutex<HashMap<&'static str, Vec<Sender<String>>>>);

impl Topics {
    fn subscribe(&self, topic: &'static str) -> Receiver<String> {
        let (tx, rx) = channel(1);
        self.0.lock().entry(topic).or_default().push(tx);
        rx
    }

    /// Waits for subscribers that are slow; those that have gone are forgotten.
    fn publish(&self, topic: &str, text: &str) {
        if let Some(subscribers) = self.0.lock().get_mut(topic) {
            subscribers.retain(|subscriber| subscriber.send(text.to_string()).is_ok());
        }
    }
}

#[goxide::main]
fn main() {
    let topics = Topics::default();
    let mut heard = [const { Vec::new() }; 3];
    scope(|s| {
        for (topic, heard) in ["rust", "go", "rust"].into_iter().zip(&mut heard) {
            let messages = topics.subscribe(topic);
            s.spawn(move || *heard = messages.iter().collect());
        }
        topics.publish("rust", "a new edition");
        topics.publish("go", "generic methods");
        topics.publish("rust", "a new borrow checker");
        topics.0.lock().clear();
    });
    for messages in heard {
        println!("{}", messages.join(", "));
    }
}
