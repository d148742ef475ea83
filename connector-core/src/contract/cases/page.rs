//! Pages cover everything once.

use std::collections::BTreeSet;

use super::cases;
use crate::contract::check::{CaseResult, ensure, failed, same, skipped};
use crate::contract::suite::{Collected, Suite};
use crate::filter::Filter;
use crate::object::{AttributeName, Uid, Value};
use crate::operation::{Page, PageStart, SearchRequest};

cases!("page":
    by_cookie_everything_comes_once,
    by_offset_everything_comes_once,
    a_filter_does_not_make_pages_short,
    an_offset_beyond_the_end_finds_nothing,
);

async fn page(
    suite: &Suite<'_>,
    filter: Option<&Filter>,
    size: u32,
    start: PageStart,
) -> CaseResult<Collected> {
    let request = SearchRequest { page: Some(Page { size, start }), ..suite.search_request(filter.cloned()) };
    let collected = suite.search(request).await?;
    ensure(collected.objects.len() <= size as usize, || {
        format!("a page of {size} has {} objects", collected.objects.len())
    })?;
    Ok(collected)
}

/// About five pages.
fn page_size(objects: usize) -> u32 {
    u32::try_from(objects / 5 + 1).unwrap_or(u32::MAX)
}

fn needs_cookies(suite: &Suite<'_>) -> CaseResult {
    if suite.manifest.search.page_by_cookie {
        Ok(())
    } else {
        skipped("the manifest does not list pages by cookie")
    }
}

fn needs_offsets(suite: &Suite<'_>) -> CaseResult {
    if suite.manifest.search.page_by_offset {
        Ok(())
    } else {
        skipped("the manifest does not list pages by offset")
    }
}

async fn all_uids(suite: &Suite<'_>) -> CaseResult<BTreeSet<Uid>> {
    Ok(suite.everything().await?.into_iter().map(|object| object.uid).collect())
}

/// Follows the cookies to the end. Every page but the last one is full.
async fn by_cookie(
    suite: &Suite<'_>,
    filter: Option<&Filter>,
    size: u32,
    expected: BTreeSet<Uid>,
) -> CaseResult {
    let mut start = PageStart { cookie: None, offset: Some(-1) };
    let mut seen = BTreeSet::new();
    loop {
        let collected = page(suite, filter, size, start).await?;
        add(&mut seen, &collected)?;
        let Some(cookie) = collected.summary()?.cookie.clone() else { break };
        same("the size of a page that is not the last", collected.objects.len(), size as usize)?;
        if seen.len() > expected.len() {
            return failed("the pages do not end");
        }
        start = PageStart { cookie: Some(cookie), offset: None };
    }
    same("the objects of all pages", seen, expected)
}

fn add(seen: &mut BTreeSet<Uid>, collected: &Collected) -> CaseResult {
    for uid in collected.uids()? {
        ensure(seen.insert(uid.clone()), || format!("'{uid}' is on two pages"))?;
    }
    Ok(())
}

async fn by_cookie_everything_comes_once(suite: &Suite<'_>) -> CaseResult {
    needs_cookies(suite)?;
    let all = all_uids(suite).await?;
    by_cookie(suite, None, page_size(all.len()), all).await
}

async fn by_offset_everything_comes_once(suite: &Suite<'_>) -> CaseResult {
    needs_offsets(suite)?;
    let all = all_uids(suite).await?;
    let size = page_size(all.len());
    let (mut seen, mut offset) = (BTreeSet::new(), 1);
    while seen.len() < all.len() {
        let collected = page(suite, None, size, PageStart { cookie: None, offset: Some(offset) }).await?;
        ensure(!collected.objects.is_empty(), || format!("the page from {offset} is empty"))?;
        same("the cookie of a page by offset", collected.summary()?.cookie.as_deref(), None)?;
        add(&mut seen, &collected)?;
        offset += i64::from(size);
    }
    same("the objects of all pages", seen, all)
}

/// A condition that the target cannot check must not cut pages short either.
async fn a_filter_does_not_make_pages_short(suite: &Suite<'_>) -> CaseResult {
    needs_cookies(suite)?;
    let all = suite.everything().await?;
    let unfilterable = suite.readable().filter(|info| !info.filterable).map(|info| info.name.clone());
    let names = unfilterable.chain([suite.fixture.text_attribute()]);
    let filters = names.filter_map(|name: AttributeName| {
        let value: Value = all.iter().find_map(|object| object.first(name.as_str()).cloned())?;
        Some(Filter::equal(name, value).negate())
    });
    for filter in filters.take(3) {
        let matching = all.iter().filter(|object| filter.matches(object));
        let expected: BTreeSet<_> = matching.map(|object| object.uid.clone()).collect();
        by_cookie(suite, Some(&filter), page_size(expected.len()), expected).await?;
    }
    Ok(())
}

async fn an_offset_beyond_the_end_finds_nothing(suite: &Suite<'_>) -> CaseResult {
    needs_offsets(suite)?;
    let offset = i64::try_from(all_uids(suite).await?.len()).unwrap_or(i64::MAX - 1) + 1;
    let collected = page(suite, None, 10, PageStart { cookie: None, offset: Some(offset) }).await?;
    same("the objects", collected.uids()?, BTreeSet::new())
}
