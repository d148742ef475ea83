//! The reply to one request: parts that the broker confirmed, one after the other.

use std::time::Instant;

use connector_core::protocol::Event;
use lapin::BasicProperties;
use lapin::types::{AMQPValue, FieldTable, ShortString};

use super::Worker;
use super::envelope::{Envelope, LAST, RUN, SEQUENCE};
use super::publisher::{Lost, Outgoing, Published, Publisher};

/// A part has so many items at most.
const ITEMS: usize = 200;
/// A part has at least so many bytes if it has fewer items, and is not last.
const BYTES: usize = 1 << 20;

/// The reply to one request.
pub struct Reply<'a> {
    worker: &'a Worker,
    publisher: &'a Publisher,
    envelope: &'a Envelope,
    run: String,
    sequence: i64,
    items: Vec<Vec<u8>>,
    bytes: usize,
    until: Instant,
}

impl<'a> Reply<'a> {
    /// A reply that has not begun. A requester whose queue is full is waited for until `until`.
    pub fn new(worker: &'a Worker, publisher: &'a Publisher, envelope: &'a Envelope, until: Instant) -> Self {
        let run = uuid::Uuid::new_v4().to_string();
        Self { worker, publisher, envelope, run, sequence: 0, items: Vec::new(), bytes: 0, until }
    }

    /// Whether a part went out already.
    pub fn has_begun(&self) -> bool {
        self.sequence > 0
    }

    /// Takes an event that is not the last one. False if the requester does not take any more.
    ///
    /// # Errors
    ///
    /// The connection is gone.
    pub async fn push(&mut self, event: &Event) -> Result<bool, Lost> {
        let Some(item) = self.worker.codec.item(event) else { return Ok(true) };
        self.bytes += item.len();
        self.items.push(item);
        if self.items.len() < ITEMS && self.bytes < BYTES {
            return Ok(true);
        }
        let body = self.worker.codec.part(&self.items, None);
        let published = self.send(&body, false, None).await?;
        self.forget();
        Ok(published == Published::Confirmed)
    }

    /// What has been collected and not sent is forgotten, before a repeat.
    pub fn forget(&mut self) {
        self.items.clear();
        self.bytes = 0;
    }

    /// The last part.
    pub fn last(&self, event: &Event) -> Vec<u8> {
        self.worker.codec.part(&self.items, Some(event))
    }

    /// Sends the last part. A reply that would be the same a second time is named after its request.
    ///
    /// # Errors
    ///
    /// The connection is gone.
    pub async fn finish(&mut self, body: &[u8], name: Option<&str>) -> Result<Published, Lost> {
        let published = self.send(body, true, name).await?;
        match published {
            Published::Confirmed => self.worker.metrics.replies.up(),
            Published::Unroutable | Published::Full => {
                self.worker.metrics.unroutable.up();
                tracing::warn!(?published, "nobody takes the reply any more");
            }
        }
        Ok(published)
    }

    async fn send(&mut self, body: &[u8], last: bool, name: Option<&str>) -> Result<Published, Lost> {
        let Some(reply_to) = self.envelope.reply_to.clone() else { return Ok(Published::Confirmed) };
        let message = Outgoing {
            exchange: "".into(),
            routing_key: reply_to,
            body,
            properties: self.properties(body, last, name),
        };
        self.sequence += 1;
        self.publisher.publish(&message, self.until).await
    }

    fn properties(&self, body: &[u8], last: bool, name: Option<&str>) -> BasicProperties {
        let mut headers = FieldTable::default();
        headers.insert(SEQUENCE.into(), AMQPValue::LongLongInt(self.sequence));
        headers.insert(LAST.into(), AMQPValue::Boolean(last));
        headers.insert(RUN.into(), AMQPValue::LongString(self.run.as_str().into()));
        let content = self.worker.codec.content_type(body);
        let id = name.and_then(|name| ShortString::try_new(name).ok());
        let id = id.unwrap_or_else(|| format!("{}.{}", self.run, self.sequence).into());
        let properties = BasicProperties::default()
            .with_content_type(content.into())
            .with_message_id(id)
            .with_delivery_mode(2)
            .with_headers(headers);
        match &self.envelope.correlation_id {
            Some(id) => properties.with_correlation_id(id.clone()),
            None => properties,
        }
    }
}
