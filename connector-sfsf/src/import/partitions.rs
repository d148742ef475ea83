//! Cuts an import into ranges of keys that are read at the same time.

use connector_core::Result;
use futures_util::future::try_join_all;

use super::key_range::KeyRange;
use super::plan::{ImportPlan, counted};
use crate::class::call::Call;
use crate::odata::page::Page;

/// Asks how many objects there are. Nothing if none can satisfy the filter.
pub(super) async fn survey(call: &Call, plan: &ImportPlan) -> Result<Option<Page>> {
    let Some(query) = plan.nth(0) else { return Ok(None) };
    call.session.read(&call.scope, &counted(query)).await.map(Some)
}

/// So many ranges of about the same size.
///
/// The tenant's own comparison says what is in which. What is not before the first border, and not between two, is
/// behind the last one: so nothing is left out, in whatever order the tenant sees the borders, and whatever comes or
/// goes meanwhile.
pub(super) async fn divide(
    call: &Call,
    plan: &ImportPlan,
    objects: u64,
    parts: u64,
) -> Result<Vec<KeyRange>> {
    let (places, key) = ((1..parts).map(|part| objects / parts * part), call.profile().key.property);
    let pages = places.filter_map(|place| plan.nth(place)).map(|query| async move {
        let page = call.session.read(&call.scope, &query).await;
        page.map(|page| page.rows.first().and_then(|row| row.text_of(key)))
    });
    let mut borders: Vec<_> = try_join_all(pages).await?.into_iter().flatten().collect();
    borders.dedup();
    Ok(between(&borders))
}

fn between(borders: &[String]) -> Vec<KeyRange> {
    let begins = [None].into_iter().chain(borders.iter().cloned().map(Some));
    let ends = borders.iter().cloned().map(Some).chain([None]);
    begins.zip(ends).map(|(from, to)| KeyRange { from, to, after: None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_leave_no_gap() {
        let range = |from: Option<&str>, to: Option<&str>| KeyRange {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            after: None,
        };
        assert_eq!(between(&[]), [range(None, None)]);
        assert_eq!(
            between(&["h".into(), "p".into()]),
            [range(None, Some("h")), range(Some("h"), Some("p")), range(Some("p"), None)]
        );
    }
}
