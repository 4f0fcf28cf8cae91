//! Command crawler walks a small web of pages with a fixed number of workers.

#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::{fmt, os, sort, sync, time};

/// Page is what a fetch brings.
#[derive(Clone, Copy, GoStruct)]
#[go("main.Page")]
#[repr(C)]
pub struct Page {
    pub URL: Str,
    pub Links: Slice<Str>,
}

/// Fetcher gets pages.
#[interface("main.Fetcher")]
pub trait Fetcher {
    fn Fetch(self, url: Str) -> (Page, Error);
}

/// fakeWeb is a web in memory.
#[derive(Clone, Copy, GoNewtype)]
#[go("main.fakeWeb")]
pub struct fakeWeb(pub Map<Str, Slice<Str>>);

#[methods]
impl fakeWeb {
    /// Fetch implements Fetcher.
    pub fn Fetch(self, url: Str) -> (Page, Error) {
        let (links, ok) = self.0.get_ok(url);
        if !ok {
            return (zero::<Page>(), fmt::Errorf(str("%s: not found"), args![url]));
        }
        (Page { URL: url, Links: links }, nil())
    }
}

/// seen remembers the pages that were taken.
#[derive(Clone, Copy, GoStruct)]
#[go("main.seen")]
#[repr(C)]
pub struct seen {
    pub mu: sync::Mutex,
    pub urls: Map<Str, bool>,
}

#[methods]
impl Ptr<seen> {
    /// take says whether url is new, and remembers it.
    pub fn take(self, url: Str) -> bool {
        defer_scope(|defers| -> bool {
            self.mu.addr().Lock();
            let mu = self.mu.addr();
            defers.push(move || mu.Unlock());
            if (*self.urls).get(url) {
                return false;
            }
            (*self.urls).set(url, true);
            true
        })
    }
}

#[derive(Clone, Copy, GoStruct)]
#[go("main.outcome")]
#[repr(C)]
pub struct outcome {
    pub page: Page,
    pub err: Error,
}

/// crawl fetches all that can be reached from start.
pub fn crawl(web: Fetcher, start: Str, workers: isize) -> (Slice<Str>, Slice<Error>) {
    let mut pages: Slice<Str> = nil();
    let mut failed: Slice<Error> = nil();
    defer_scope(|defers| {
        let jobs = Chan::<Str>::make(0);
        let results = Chan::<outcome>::make(0);
        let quit = Chan::<EmptyStruct>::make(0);
        for _ in 0..workers {
            go!(move || {
                loop {
                    select! {
                        url = <-jobs => {
                            let (page, err) = web.Fetch(url);
                            results.send(outcome { page, err });
                        }
                        <-quit => {
                            return;
                        }
                    }
                }
            });
        }
        defers.push(move || quit.close());

        let visited = Ptr::new(seen { urls: Map::make(), ..zero() });
        visited.take(start);
        let mut queue = slice([start]);
        let mut open = 0isize;
        while queue.len() > 0 || open > 0 {
            // A nil channel is never ready: with an empty queue only results can come.
            let mut send: SendChan<Str> = nil();
            let mut first = str("");
            if queue.len() > 0 {
                (send, first) = (jobs.send_only(), *queue[0]);
            }
            select! {
                send <- first => {
                    queue = queue.slice_from(1);
                    open += 1;
                }
                r = <-results => {
                    open -= 1;
                    if !r.err.is_nil() {
                        failed = failed.append(r.err);
                        continue;
                    }
                    pages = pages.append(r.page.URL);
                    for link in r.page.Links.iter() {
                        if visited.take(link) {
                            queue = queue.append(link);
                        }
                    }
                }
                <-time::After(time::Duration(5) * time::Second) => {
                    fmt::Println(args!["the web is stuck"]);
                    os::Exit(1);
                }
            }
        }
    });
    (pages, failed)
}

#[go_main]
fn main() {
    let web = fakeWeb(Map::from([
        (str("/"), slice([str("/about"), str("/blog"), str("/shop")])),
        (str("/about"), slice([str("/"), str("/team")])),
        (str("/blog"), slice([str("/blog/1"), str("/blog/2")])),
        (str("/blog/1"), slice([str("/blog/2"), str("/lost")])),
        (str("/blog/2"), slice([str("/")])),
        (str("/shop"), slice([str("/shop/tea"), str("/gone")])),
        (str("/shop/tea"), nil()),
        (str("/team"), slice([str("/about")])),
    ]));
    let (pages, failed) = crawl(Fetcher::of(web), str("/"), 3);
    sort::Strings(pages);
    for url in pages.iter() {
        fmt::Println(args![url]);
    }
    fmt::Println(args![pages.len(), "pages,", failed.len(), "errors"]);
}
