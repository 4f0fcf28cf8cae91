// Command crawler walks a small web of pages with a fixed number of workers.
package main

import (
	"fmt"
	"os"
	"sort"
	"sync"
	"time"
)

// Page is what a fetch brings.
type Page struct {
	URL   string
	Links []string
}

// Fetcher gets pages.
type Fetcher interface {
	Fetch(url string) (Page, error)
}

// fakeWeb is a web in memory.
type fakeWeb map[string][]string

// Fetch implements Fetcher.
func (w fakeWeb) Fetch(url string) (Page, error) {
	links, ok := w[url]
	if !ok {
		return Page{}, fmt.Errorf("%s: not found", url)
	}
	return Page{URL: url, Links: links}, nil
}

// seen remembers the pages that were taken.
type seen struct {
	mu   sync.Mutex
	urls map[string]bool
}

// take says whether url is new, and remembers it.
func (s *seen) take(url string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.urls[url] {
		return false
	}
	s.urls[url] = true
	return true
}

type outcome struct {
	page Page
	err  error
}

// crawl fetches all that can be reached from start.
func crawl(web Fetcher, start string, workers int) (pages []string, failed []error) {
	jobs := make(chan string)
	results := make(chan outcome)
	quit := make(chan struct{})
	for i := 0; i < workers; i++ {
		go func() {
			for {
				select {
				case url := <-jobs:
					page, err := web.Fetch(url)
					results <- outcome{page, err}
				case <-quit:
					return
				}
			}
		}()
	}
	defer close(quit)

	visited := &seen{urls: map[string]bool{}}
	visited.take(start)
	queue := []string{start}
	open := 0
	for len(queue) > 0 || open > 0 {
		// A nil channel is never ready: with an empty queue only results can come.
		var send chan<- string
		var first string
		if len(queue) > 0 {
			send, first = jobs, queue[0]
		}
		select {
		case send <- first:
			queue = queue[1:]
			open++
		case r := <-results:
			open--
			if r.err != nil {
				failed = append(failed, r.err)
				continue
			}
			pages = append(pages, r.page.URL)
			for _, link := range r.page.Links {
				if visited.take(link) {
					queue = append(queue, link)
				}
			}
		case <-time.After(5 * time.Second):
			fmt.Println("the web is stuck")
			os.Exit(1)
		}
	}
	return
}

func main() {
	web := fakeWeb{
		"/":         {"/about", "/blog", "/shop"},
		"/about":    {"/", "/team"},
		"/blog":     {"/blog/1", "/blog/2"},
		"/blog/1":   {"/blog/2", "/lost"},
		"/blog/2":   {"/"},
		"/shop":     {"/shop/tea", "/gone"},
		"/shop/tea": nil,
		"/team":     {"/about"},
	}
	pages, failed := crawl(web, "/", 3)
	sort.Strings(pages)
	for _, url := range pages {
		fmt.Println(url)
	}
	fmt.Println(len(pages), "pages,", len(failed), "errors")
}
