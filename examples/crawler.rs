//! Workers with a limit, a deadline for all of them, and the first error that ends the rest.
//!
//! The "sites" are made up: a page is fetched by sleeping. `errgroup` bounds how many run and hands out the first error, the
//! context tells the others, and `scope` lets goroutines borrow the list.

use std::fmt;
use std::time::Duration;

use goxide::context::{self, Context};
use goxide::errgroup::Group;
use goxide::sync::Map;
use goxide::{scope, select, time};

const SITES: [&str; 6] = ["a.example", "b.example", "c.example", "d.example", "e.example", "f.example"];

#[derive(Debug)]
enum Failure {
    NotFound(&'static str),
    Ended(context::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NotFound(site) => write!(f, "{site}: not found"),
            Failure::Ended(error) => write!(f, "{error}"),
        }
    }
}

/// The length of a page.
fn fetch(ctx: &Context, site: &'static str, takes: Duration) -> Result<usize, Failure> {
    select! {
        _ = <-time::after(takes) => if site == "e.example" { Err(Failure::NotFound(site)) } else { Ok(100 * site.len()) },
        _ = <-ctx.done() => Err(ctx.check().map_or_else(Failure::Ended, |()| Failure::NotFound(site))),
    }
}

#[goxide::main]
fn main() {
    // Borrowing: the goroutines of a scope end before it does.
    let pages = Map::new();
    let ctx = context::background();
    scope(|s| {
        for site in &SITES[..4] {
            let (ctx, pages) = (&ctx, &pages);
            s.spawn(move || {
                if let Ok(length) = fetch(ctx, site, Duration::from_millis(2)) {
                    pages.store(*site, length);
                }
            });
        }
    });
    let mut total = 0;
    pages.range(|_, length| {
        total += length;
        true
    });
    println!("{total} bytes");

    // The first error ends the rest, which would take an hour.
    let (limited, _cancel) = ctx.with_timeout(Duration::from_secs(60));
    let (group, ctx) = Group::with_context(&limited);
    group.set_limit(Some(6));
    for site in SITES {
        let ctx = ctx.clone();
        let takes = Duration::from_millis(if site == "e.example" { 5 } else { 3_600_000 });
        group.go(move || fetch(&ctx, site, takes).map(drop));
    }
    match group.wait() {
        Ok(()) => println!("all there"),
        Err(error) => println!("{error}"),
    }
    if let Some(cause) = ctx.cause() {
        println!("the context ended: {cause}");
    }
}
