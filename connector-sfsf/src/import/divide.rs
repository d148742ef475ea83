//! Cuts an import into stretches that are read at the same time.

use connector_core::Result;
use futures_util::future::try_join_all;
use serde::Deserialize;

use super::design::{Design, counted};
use super::token::Stretch;
use crate::http::Scope;
use crate::odata::page::Page;
use crate::session::Session;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    user_id: String,
}

/// Asks how many people there are. Nothing if nobody can satisfy the filter.
pub(super) async fn survey(session: &Session, scope: &Scope, design: &Design) -> Result<Option<Page>> {
    let Some(query) = design.nth(0) else { return Ok(None) };
    session.read(scope, &counted(query)).await.map(Some)
}

/// So many stretches of about the same size.
///
/// The tenant's own comparison says who is in which. Whoever is not before the first border, and not between two, is
/// behind the last one: so nobody is left out, in whatever order the tenant sees the borders, and whoever comes or
/// goes meanwhile.
pub(super) async fn divide(
    session: &Session,
    scope: &Scope,
    design: &Design,
    people: u64,
    parts: u64,
) -> Result<Vec<Stretch>> {
    let places = (1..parts).map(|part| people / parts * part);
    let pages = places.filter_map(|place| design.nth(place)).map(|query| async move {
        let page = session.read(scope, &query).await;
        page.map(|page| page.rows.first().and_then(|row| serde_json::from_slice::<Key>(row).ok()))
    });
    let mut borders: Vec<_> =
        try_join_all(pages).await?.into_iter().flatten().map(|key| key.user_id).collect();
    borders.dedup();
    Ok(between(&borders))
}

fn between(borders: &[String]) -> Vec<Stretch> {
    let begins = [None].into_iter().chain(borders.iter().cloned().map(Some));
    let ends = borders.iter().cloned().map(Some).chain([None]);
    begins.zip(ends).map(|(from, to)| Stretch { from, to, after: None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_leave_no_gap() {
        let stretch = |from: Option<&str>, to: Option<&str>| Stretch {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            after: None,
        };
        assert_eq!(between(&[]), [stretch(None, None)]);
        assert_eq!(
            between(&["h".into(), "p".into()]),
            [stretch(None, Some("h")), stretch(Some("h"), Some("p")), stretch(Some("p"), None)]
        );
    }
}
