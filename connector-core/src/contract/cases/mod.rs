//! The cases, one file for each theme.

mod attributes;
mod create;
mod days;
mod delete;
mod dry_run;
mod errors;
mod expected;
mod explain;
mod filter;
mod filter_refused;
mod get;
mod import;
mod lookup;
mod operations;
mod page;
mod password;
mod schema;
mod search;
mod stream;
mod suspend;
mod update;
mod update_refused;

use futures_util::future::BoxFuture;

use super::check::CaseResult;
use super::suite::Suite;

/// One thing that is owed.
pub(super) struct Case {
    pub name: &'static str,
    pub run: for<'a> fn(&'a Suite<'a>) -> BoxFuture<'a, CaseResult>,
}

/// Lists the cases of a theme; each is an async function that takes the suite.
macro_rules! cases {
    ($theme:literal: $($case:ident),+ $(,)?) => {
        pub(super) const CASES: &[$crate::contract::cases::Case] = &[$(
            $crate::contract::cases::Case {
                name: concat!($theme, "::", stringify!($case)),
                run: |suite| Box::pin($case(suite)),
            }
        ),+];
    };
}
use cases;

/// Every case, in an order in which an early failure explains the later ones.
pub(super) fn all() -> impl Iterator<Item = &'static Case> {
    let themes = [
        schema::CASES,
        operations::CASES,
        get::CASES,
        create::CASES,
        update::CASES,
        update_refused::CASES,
        expected::CASES,
        days::CASES,
        delete::CASES,
        suspend::CASES,
        password::CASES,
        search::CASES,
        filter::CASES,
        filter_refused::CASES,
        attributes::CASES,
        page::CASES,
        stream::CASES,
        lookup::CASES,
        explain::CASES,
        dry_run::CASES,
        import::CASES,
        errors::CASES,
    ];
    themes.into_iter().flatten()
}
