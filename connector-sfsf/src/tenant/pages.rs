//! From page to page of a query, by the tenant's links.

use std::mem;

use connector_core::{Error, ErrorKind, Result};

use super::session::Session;
use crate::http::Scope;
use crate::odata::page::{Page, Trail};
use crate::odata::query::Query;
use crate::odata::row::Row;

/// The pages of a query that are still to be read. One is asked for when the one before is used up, and not sooner.
#[derive(Debug)]
pub(crate) struct Pages {
    next: Next,
    trail: Trail,
}

#[derive(Debug)]
enum Next {
    Query(Query),
    Link(String),
    End,
}

impl Pages {
    /// All pages of a query. None has been asked for.
    pub fn new(query: Query) -> Self {
        Self { next: Next::Query(query), trail: Trail::default() }
    }

    /// No pages.
    pub fn none() -> Self {
        Self { next: Next::End, trail: Trail::default() }
    }

    /// Whether there is another page.
    pub fn has_next(&self) -> bool {
        !matches!(self.next, Next::End)
    }

    /// The next page; nothing behind the last one.
    ///
    /// # Errors
    ///
    /// Those of reading; pages that lead nowhere.
    pub async fn next(&mut self, session: &Session, scope: &Scope) -> Result<Option<Page>> {
        let mut page = match mem::replace(&mut self.next, Next::End) {
            Next::Query(query) => session.read(scope, &query).await?,
            Next::Link(link) => session.follow(scope, &link).await?,
            Next::End => return Ok(None),
        };
        self.trail.remember(&page)?;
        self.next = page.next.take().map_or(Next::End, Next::Link);
        Ok(Some(page))
    }
}

/// Reads all rows that a query selects, page by page. For lists that fit into memory.
///
/// # Errors
///
/// A list that takes more than the largest answer; pages that lead nowhere.
pub(crate) async fn read_all(session: &Session, scope: &Scope, query: Query) -> Result<Vec<Row>> {
    let (mut pages, mut rows, mut size) = (Pages::new(query), Vec::new(), 0);
    while let Some(mut page) = pages.next(session, scope).await? {
        size += page.rows.iter().map(|row| row.len()).sum::<usize>();
        if size > session.configuration.http.max_answer {
            return Err(too_long(session));
        }
        rows.append(&mut page.rows);
    }
    Ok(rows)
}

fn too_long(session: &Session) -> Error {
    let most = session.configuration.http.max_answer >> 20;
    Error::new(ErrorKind::TargetProtocol, format!("a list of the tenant takes more than {most} MiB"))
        .with_advice("max_answer says how large a list may be; nothing of it was used")
}
