//! One page of a search, and the cookie that leads to the next one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connector_core::object::Uid;
use connector_core::operation::{Item, ItemStream, Page, SearchRequest, Summary};
use connector_core::{Error, Result};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::stream::{Reading, Selection};
use crate::class::call::Call;
use crate::class::profile::Profile;

/// A cookie holds the last uid of a page, so the next page begins after it, whatever came or went in between; and it
/// belongs to one class and filter.
#[derive(Serialize, Deserialize)]
struct Cookie {
    v: u8,
    after: String,
    filter: String,
    /// Cookies of the first class have none, as those of earlier releases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    class: Option<String>,
}

const VERSION: u8 = 1;

/// What a cookie is good for: a class, and a filter in short, the same in every release.
#[derive(Clone, PartialEq, Eq)]
struct CookieSubject {
    filter: String,
    class: Option<String>,
}

impl CookieSubject {
    fn of(profile: &Profile, request: &SearchRequest) -> Self {
        let filter = serde_json::to_vec(&request.filter).unwrap_or_default();
        let filter = URL_SAFE_NO_PAD.encode(Sha256::digest(filter).get(..12).unwrap_or_default());
        Self { filter, class: (!profile.is_everywhere).then(|| profile.name.to_owned()) }
    }
}

impl Cookie {
    fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    fn of(subject: &CookieSubject, last: &Uid) -> Self {
        let CookieSubject { filter, class } = subject.clone();
        Self { v: VERSION, after: last.as_str().to_owned(), filter, class }
    }

    fn read(text: &str, subject: &CookieSubject) -> Result<Self> {
        let json = URL_SAFE_NO_PAD.decode(text).ok();
        let cookie = json.and_then(|json| serde_json::from_slice::<Self>(&json).ok());
        match cookie.filter(|cookie| cookie.v == VERSION) {
            Some(cookie) if cookie.class != subject.class => {
                Err(Error::invalid_request("the cookie belongs to a search of another object class"))
            }
            Some(cookie) if cookie.filter == subject.filter => Ok(cookie),
            Some(_) => Err(Error::invalid_request("the cookie belongs to a search with another filter")),
            None => Err(Error::invalid_request("the cookie is not one of this connector")),
        }
    }
}

/// One page of a search.
pub(crate) struct Paged {
    reading: Reading,
    size: u64,
    subject: CookieSubject,
    by_cookie: bool,
    last: Option<Uid>,
    ended: bool,
}

impl Paged {
    /// # Errors
    ///
    /// A page of no size; a cookie of another search; an order that pages by cookie do not have.
    pub fn new(call: Call, request: SearchRequest, page: &Page) -> Result<Self> {
        if page.size == 0 {
            return Err(Error::invalid_request("a page has at least one object; page.size is 0"));
        }
        let subject = CookieSubject::of(call.profile(), &request);
        let offset = page.start.offset.filter(|offset| *offset >= 1 && page.start.cookie.is_none());
        if offset.is_none() && !request.sort_keys.is_empty() {
            return Err(Error::invalid_request(
                "pages by cookie come in the order of uids; sort_keys need an offset",
            ));
        }
        let size = u64::from(page.size);
        let after = page.start.cookie.as_deref().map(|text| Cookie::read(text, &subject)).transpose()?;
        let selection = Selection {
            after: after.map(|cookie| cookie.after),
            skip: offset.map_or(0, |offset| offset.unsigned_abs() - 1),
            // One more, to know whether there is another page.
            limit: Some(size + 1),
            ..Selection::of(request)
        };
        let reading = Reading::new(call, selection);
        Ok(Self { reading, size, subject, by_cookie: offset.is_none(), last: None, ended: false })
    }

    /// The items of this page, with its summary at the end.
    pub fn into_stream(self) -> ItemStream {
        Box::pin(stream::unfold(self, |mut paged| async move {
            let item = paged.advance().await?;
            Some((item, paged))
        }))
    }

    async fn advance(&mut self) -> Option<Result<Item>> {
        if self.ended {
            return None;
        }
        let item = self.reading.next_item().await;
        match item {
            Ok(Some(Item::Object(object))) if self.reading.count <= self.size => {
                self.last = Some(object.uid.clone());
                Some(Ok(Item::Object(object)))
            }
            Ok(Some(Item::Object(_))) => Some(Ok(self.end(true))),
            Ok(Some(other)) => Some(Ok(other)),
            Ok(None) => Some(Ok(self.end(false))),
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }

    fn end(&mut self, more: bool) -> Item {
        self.ended = true;
        let last = self.last.as_ref().filter(|_| more && self.by_cookie);
        let cookie = last.map(|last| Cookie::of(&self.subject, last).write());
        let summary = self.reading.summary();
        Item::End(Summary {
            count: summary.count.min(self.size),
            cookie,
            remaining: (!more).then_some(0),
            ..summary
        })
    }
}
