//! Two goroutines hand a ball back and forth.

use goxide::{Chan, chan, go};

const ROUNDS: u32 = 1_000;

struct Ball {
    hits: u32,
}

fn play(name: &'static str, take: Chan<Ball>, give: Chan<Ball>, end: Chan<&'static str>) {
    for mut ball in take.iter() {
        ball.hits += 1;
        if ball.hits <= 4 {
            println!("{name} {}", ball.hits);
        }
        if ball.hits == ROUNDS {
            end.send(name);
            return;
        }
        give.send(ball);
    }
}

#[goxide::main]
fn main() {
    let (left, right, end) = (chan(0), chan(0), chan(0));
    go!(play("ping", left.clone(), right.clone(), end.clone()));
    go!(play("pong", right, left.clone(), end.clone()));
    left.send(Ball { hits: 0 });
    println!("{} made the hit {ROUNDS}", end.recv().expect("somebody ends the game"));
}
