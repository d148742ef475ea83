//! References from one request of a change set to what an earlier one made: `$1` for the entity of the request with
//! the `Content-ID` 1 (OData V2, batch processing §2.2.1). Nobody has seen SuccessFactors take them
//! (docs/successfactors.md#batches), so that they are a switch.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::Value;

use crate::error::ODataError;
use crate::http::call::Call;
use crate::http::reply::Reply;

/// The header's name in lower case.
pub(super) const HEADER: &str = "content-id";

/// The ids of one change set, with the addresses of what was made.
pub(super) struct ContentIds {
    enabled: bool,
    made: HashMap<String, String>,
}

impl ContentIds {
    pub(super) fn new(enabled: bool) -> Self {
        Self { enabled, made: HashMap::new() }
    }

    /// The request with its references replaced; `None` for one without any.
    ///
    /// # Errors
    ///
    /// COE0007 for a path that begins with an id that no request before it has.
    pub(super) fn resolve(&self, call: &Call) -> Result<Option<Call>, ODataError> {
        let path = call.raw_path.strip_prefix("/odata/v2/").unwrap_or_default();
        let path = if path.starts_with('$') {
            Some(self.address(path).ok_or_else(|| ODataError::entity_not_found(path))?)
        } else {
            None
        };
        let body = self.body(&call.body);
        if path.is_none() && body.is_none() {
            return Ok(None);
        }
        let target = path.map_or_else(|| call.raw_path.clone(), |path| format!("/odata/v2/{path}"));
        let target = format!("{target}?{}", call.raw_query);
        let body = body.unwrap_or_else(|| call.body.clone());
        Ok(Some(Call::inside(call, call.method.clone(), &target, call.headers.clone(), body)))
    }

    /// Notes what a request made, and marks its answer with its id.
    pub(super) fn remember(&mut self, call: &Call, made: Option<String>, reply: Reply) -> Reply {
        let id = call.header(HEADER);
        if !self.enabled || id.is_empty() {
            return reply;
        }
        if let Some(made) = made {
            self.made.insert(id.to_owned(), made);
        }
        reply.with_header(HEADER, id)
    }

    /// The address that a text means which may be `$1` or begin with `$1/`.
    fn address(&self, text: &str) -> Option<String> {
        let reference = text.strip_prefix('$')?;
        let (id, rest) = reference.split_at(reference.find('/').unwrap_or(reference.len()));
        self.made.get(id).map(|address| format!("{address}{rest}"))
    }

    /// A JSON body with the addresses in its `__metadata` replaced.
    fn body(&self, body: &Bytes) -> Option<Bytes> {
        if self.made.is_empty() {
            return None;
        }
        let mut value = serde_json::from_slice(body).ok()?;
        self.replace(&mut value).then(|| value.to_string().into())
    }

    fn replace(&self, value: &mut Value) -> bool {
        match value {
            Value::Array(list) => list.iter_mut().map(|one| self.replace(one)).filter(|one| *one).count() > 0,
            Value::Object(map) => {
                let mut any = false;
                for (name, inner) in map {
                    let uri = inner.get("uri").and_then(Value::as_str).filter(|_| name == "__metadata");
                    if let Some(address) = uri.and_then(|uri| self.address(uri)) {
                        inner["uri"] = address.into();
                        any = true;
                    } else {
                        any |= self.replace(inner);
                    }
                }
                any
            }
            _ => false,
        }
    }
}
