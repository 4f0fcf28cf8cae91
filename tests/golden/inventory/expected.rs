//! Command inventory keeps a small shop's stock and works through a list of orders.

#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::{errors, fmt, sort, strings};

/// Money is an amount in cents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, GoNewtype)]
#[go("main.Money")]
pub struct Money(pub isize);

#[methods]
impl Money {
    /// String shows the amount with two decimals.
    pub fn String(self) -> Str {
        fmt::Sprintf(str("%d.%02d"), args![self.0 / 100, self.0 % 100])
    }
}

/// Item is one kind of thing on the shelf.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Item")]
#[repr(C)]
pub struct Item {
    pub Name: Str,
    pub Price: Money,
    pub Count: isize,
}

/// ErrUnknown says that the shop doesn't sell such a thing.
pub static ErrUnknown: Global<Error> = Global::zero();

/// ShortageError says how many pieces are missing.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.ShortageError")]
#[repr(C)]
pub struct ShortageError {
    pub Name: Str,
    pub Wanted: isize,
    pub Found: isize,
}

#[methods]
impl Ptr<ShortageError> {
    pub fn Error(self) -> Str {
        fmt::Sprintf(str("%s: wanted %d, found %d"), args![*self.Name, *self.Wanted, *self.Found])
    }
}

/// Shop is the stock and the till.
#[derive(Clone, Copy, GoStruct)]
#[go("main.Shop")]
#[repr(C)]
pub struct Shop {
    pub stock: Map<Str, Ptr<Item>>,
    pub till: Money,
}

#[methods]
impl Ptr<Shop> {
    /// Sell takes n pieces off the shelf and returns their price.
    pub fn Sell(self, name: Str, n: isize) -> (Money, Error) {
        let (item, ok) = self.stock.get_ok(name);
        if !ok {
            return (Money(0), ErrUnknown.get());
        }
        if *item.Count < n {
            return (
                Money(0),
                Error::of(Ptr::new(ShortageError { Name: name, Wanted: n, Found: *item.Count })),
            );
        }
        item.Count.set(*item.Count - n);
        let price = *item.Price * Money(n);
        self.till.set(*self.till + price);
        (price, nil())
    }

    /// Names lists what is sold, in order.
    pub fn Names(self) -> Slice<Str> {
        let mut names: Slice<Str> = nil();
        for name in self.stock.keys() {
            names = names.append(name);
        }
        sort::Strings(names);
        names
    }
}

/// NewShop opens a shop with these items.
pub fn NewShop(items: Slice<Item>) -> Ptr<Shop> {
    let shop = Ptr::new(Shop { stock: Map::make(), ..zero() });
    for item in items.iter() {
        let item = Ptr::new(item);
        (*shop.stock).set(*item.Name, item);
    }
    shop
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.order")]
#[repr(C)]
pub struct order {
    pub name: Str,
    pub count: isize,
}

#[go_main(init = package_init)]
fn main() {
    let shop = NewShop(slice([
        Item { Name: str("tea"), Price: Money(350), Count: 10 },
        Item { Name: str("bread"), Price: Money(280), Count: 4 },
        Item { Name: str("honey"), Price: Money(1199), Count: 1 },
    ]));
    fmt::Println(args!["selling", strings::Join(shop.Names(), str(", "))]);

    let orders = slice([
        order { name: str("tea"), count: 3 },
        order { name: str("bread"), count: 5 },
        order { name: str("honey"), count: 1 },
        order { name: str("salt"), count: 1 },
    ]);
    for (i, o) in orders.range() {
        let (price, err) = shop.Sell(o.name, o.count);
        let shortage = Ptr::new(nil::<Ptr<ShortageError>>());
        if err.is_nil() {
            fmt::Printf(str("%d. %d x %s: %v\n"), args![i + 1, o.count, o.name, price]);
        } else if errors::As(err, any(shortage)) {
            // A partial sale is better than none.
            let (rest, _) = shop.Sell(o.name, *shortage.Found);
            fmt::Printf(str("%d. only %d x %s: %v\n"), args![i + 1, *shortage.Found, o.name, rest]);
        } else {
            fmt::Printf(str("%d. %s: %v\n"), args![i + 1, o.name, err]);
        }
    }
    fmt::Println(args!["till:", *shop.till]);
}

/// Gives package variables their values and runs the init functions.
fn package_init() {
    ErrUnknown.set(errors::New(str("unknown item")));
}
