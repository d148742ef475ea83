//! Answers to questions about a stretch of the people: who stands at a place, and the pages between two user ids.

use std::collections::HashMap;

use axum::body::Bytes;

use crate::pages::PAGE;

/// The answer to a query. Pages that are asked for without a stretch are sent as they are; borders are those of pages.
pub fn answer(query: &HashMap<String, String>, people: usize, page: impl Fn(usize) -> Bytes) -> Bytes {
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let filter = query.get("$filter").map_or("", String::as_str);
    if query.contains_key("$top") {
        let place = number("$skip").unwrap_or(0) / PAGE * PAGE;
        return format!("{{\"d\":{{\"results\":[{{\"userId\":\"{place:07}\"}}],\"__count\":\"{people}\"}}}}")
            .into();
    }
    let first = number("page").or_else(|| user_id(filter, " ge '").map(|place| place / PAGE)).unwrap_or(0);
    match number("to").or_else(|| user_id(filter, " lt '")) {
        Some(to) => within(&page(first), first, to),
        None => page(first),
    }
}

fn user_id(filter: &str, comparison: &str) -> Option<usize> {
    filter.split_once(&format!("userId{comparison}"))?.1.split('\'').next()?.parse().ok()
}

/// A page with a link that stays in the stretch.
fn within(page: &[u8], number: usize, to: usize) -> Bytes {
    let page = String::from_utf8_lossy(page);
    let Some((people, link)) = page.rsplit_once(",\"__next\":") else { return page.into_owned().into() };
    if (number + 1) * PAGE >= to {
        return format!("{people}}}}}").into();
    }
    let link = link.trim_end_matches("\"}}");
    format!("{people},\"__next\":{link}&to={to}\"}}}}").into()
}
