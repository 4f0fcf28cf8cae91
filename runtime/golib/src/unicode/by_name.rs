//! The maps of tables by name, and the lists of tables.
//!
//! What must hold: a map is made when a program first asks for it, for hardly any does; from then on it is a variable like others.

use std::ops::Deref;
use std::sync::Once;

use super::range_table::{RangeTable, Variable};
use super::tables::categories::{ALIASES, CATEGORIES, L, M, N, P, PROPERTIES, S, Zs};
use super::tables::folds::{FOLD_CATEGORIES, FOLD_SCRIPTS};
use super::tables::scripts::SCRIPTS;
use crate::global::Global;
use crate::map::Map;
use crate::ptr::Ptr;
use crate::slice::{Slice, slice};
use crate::string::{Str, str};
use crate::view::{GoType, View};

/// A package variable whose first value is made when it is first looked at.
pub struct Late<T: GoType> {
    once: Once,
    value: Global<T>,
    make: fn() -> T,
}

impl<T: GoType> Late<T> {
    const fn new(make: fn() -> T) -> Late<T> {
        Late { once: Once::new(), value: Global::zero(), make }
    }
}

impl<T: GoType> Deref for Late<T> {
    type Target = T::View;

    fn deref(&self) -> &T::View {
        self.once.call_once(|| self.value.set((self.make)()));
        &self.value
    }
}

type Tables = Map<Str, Ptr<RangeTable>>;

fn by_name(tables: &[(&'static str, &Variable)]) -> Tables {
    let map = Map::make_cap(tables.len() as isize);
    for (name, table) in tables {
        map.set(str(name), table.get());
    }
    map
}

/// The names of these tables have the name of their map before their own.
fn folds(tables: &[(&'static str, &Variable)]) -> Tables {
    let map = Map::make_cap(tables.len() as isize);
    for (name, table) in tables {
        let (_, name) = name.split_once('_').unwrap_or_default();
        map.set(str(name), table.get());
    }
    map
}

fn aliases() -> Map<Str, Str> {
    let map = Map::make_cap(ALIASES.len() as isize);
    for (long, short) in ALIASES {
        map.set(str(long), str(short));
    }
    map
}

/// The general categories.
pub static Categories: Late<Tables> = Late::new(|| by_name(CATEGORIES));
/// The short names of categories by their long ones.
pub static CategoryAliases: Late<Map<Str, Str>> = Late::new(aliases);
/// The properties.
pub static Properties: Late<Tables> = Late::new(|| by_name(PROPERTIES));
/// The scripts.
pub static Scripts: Late<Tables> = Late::new(|| by_name(SCRIPTS));
/// Characters outside of a category that are in it but for case.
pub static FoldCategory: Late<Tables> = Late::new(|| folds(FOLD_CATEGORIES));
/// Characters outside of a script that are in it but for case.
pub static FoldScript: Late<Tables> = Late::new(|| folds(FOLD_SCRIPTS));
/// What `IsGraphic` looks at.
pub static GraphicRanges: Late<Slice<Ptr<RangeTable>>> =
    Late::new(|| slice([L.get(), M.get(), N.get(), P.get(), S.get(), Zs.get()]));
/// What `IsPrint` looks at.
pub static PrintRanges: Late<Slice<Ptr<RangeTable>>> =
    Late::new(|| slice([L.get(), M.get(), N.get(), P.get(), S.get()]));
