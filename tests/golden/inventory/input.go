// Command inventory keeps a small shop's stock and works through a list of orders.
package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Money is an amount in cents.
type Money int

// String shows the amount with two decimals.
func (m Money) String() string {
	return fmt.Sprintf("%d.%02d", int(m)/100, int(m)%100)
}

// Item is one kind of thing on the shelf.
type Item struct {
	Name  string
	Price Money
	Count int
}

// ErrUnknown says that the shop doesn't sell such a thing.
var ErrUnknown = errors.New("unknown item")

// ShortageError says how many pieces are missing.
type ShortageError struct {
	Name          string
	Wanted, Found int
}

func (e *ShortageError) Error() string {
	return fmt.Sprintf("%s: wanted %d, found %d", e.Name, e.Wanted, e.Found)
}

// Shop is the stock and the till.
type Shop struct {
	stock map[string]*Item
	till  Money
}

// NewShop opens a shop with these items.
func NewShop(items ...Item) *Shop {
	shop := &Shop{stock: make(map[string]*Item)}
	for _, item := range items {
		shop.stock[item.Name] = &item
	}
	return shop
}

// Sell takes n pieces off the shelf and returns their price.
func (s *Shop) Sell(name string, n int) (Money, error) {
	item, ok := s.stock[name]
	if !ok {
		return 0, ErrUnknown
	}
	if item.Count < n {
		return 0, &ShortageError{Name: name, Wanted: n, Found: item.Count}
	}
	item.Count -= n
	price := item.Price * Money(n)
	s.till += price
	return price, nil
}

// Names lists what is sold, in order.
func (s *Shop) Names() []string {
	var names []string
	for name := range s.stock {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

type order struct {
	name  string
	count int
}

func main() {
	shop := NewShop(
		Item{"tea", 350, 10},
		Item{"bread", 280, 4},
		Item{Name: "honey", Price: 1199, Count: 1},
	)
	fmt.Println("selling", strings.Join(shop.Names(), ", "))

	orders := []order{{"tea", 3}, {"bread", 5}, {"honey", 1}, {"salt", 1}}
	for i, o := range orders {
		price, err := shop.Sell(o.name, o.count)
		var shortage *ShortageError
		switch {
		case err == nil:
			fmt.Printf("%d. %d x %s: %v\n", i+1, o.count, o.name, price)
		case errors.As(err, &shortage):
			// A partial sale is better than none.
			rest, _ := shop.Sell(o.name, shortage.Found)
			fmt.Printf("%d. only %d x %s: %v\n", i+1, shortage.Found, o.name, rest)
		default:
			fmt.Printf("%d. %s: %v\n", i+1, o.name, err)
		}
	}
	fmt.Println("till:", shop.till)
}
