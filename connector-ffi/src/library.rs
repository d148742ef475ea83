//! The library as a whole: its open connections and streams.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use connector_core::Provider;
use connector_core::protocol::{Limits, Request, Server, Welcome};
use connector_sfsf::SuccessFactorsProvider;
use serde_json::{Map, Value as Json, json};

use crate::connection::Connection;
use crate::failure::Failure;
use crate::handles::Handles;
use crate::status::{SFSF_ABI_MAJOR, SFSF_ABI_MINOR, sfsf_status};
use crate::stream::Stream;

/// Connections and streams by their handles, and where connectors come from.
///
/// The functions of the ABI work on one that makes connectors to SuccessFactors. Another one can be made
/// to try the carrier with other connectors.
pub struct Library {
    provider: Box<dyn Provider>,
    pub(crate) connections: Handles<Connection>,
    pub(crate) streams: Handles<Stream>,
}

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::new(SuccessFactorsProvider));

impl Library {
    /// A library that opens its connections here.
    pub fn new(provider: impl Provider + 'static) -> Self {
        Self { provider: Box::new(provider), connections: Handles::default(), streams: Handles::default() }
    }

    /// The one behind the functions of the ABI.
    pub(crate) fn get() -> &'static Self {
        &LIBRARY
    }

    /// Versions, limits, and what the connector can do.
    pub(crate) fn info(&self) -> Result<Vec<u8>, Failure> {
        let server = Server { name: "libsfsf_connector", version: env!("CARGO_PKG_VERSION") };
        let welcome = Welcome::new(server, Limits::default(), self.provider.manifest());
        let mut info = serde_json::to_value(welcome).map_err(|_| wrong("the manifest is no JSON"))?;
        info["abi"] = json!(format!("{SFSF_ABI_MAJOR}.{SFSF_ABI_MINOR}"));
        Ok(info.to_string().into_bytes())
    }

    /// A byte order mark, as editors on Windows begin a file with, is passed over: every language hands files on as they are.
    pub(crate) fn open(&self, configuration: &[u8]) -> Result<usize, Failure> {
        let configuration = configuration.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(configuration);
        let keys: Map<String, Json> =
            serde_json::from_slice(configuration).map_err(|error| wrong(&no_object(&error)))?;
        let connection = Connection::new(self.provider.open(keys)?)?;
        Ok(self.connections.insert(Arc::new(connection)))
    }

    pub(crate) fn call(&self, connection: usize, request: &[u8]) -> Result<Vec<u8>, Failure> {
        self.connection(connection)?.call(Request::from_json(request)?)
    }

    pub(crate) fn access_token(&self, connection: usize, wait: Option<Duration>) -> Result<Vec<u8>, Failure> {
        self.connection(connection)?.access_token(wait)
    }

    pub(crate) fn start(&self, connection: usize, request: &[u8]) -> Result<usize, Failure> {
        let stream = self.connection(connection)?.start(Request::from_json(request)?)?;
        Ok(self.streams.insert(Arc::new(stream)))
    }

    pub(crate) fn stream(&self, handle: usize) -> Result<Arc<Stream>, Failure> {
        self.streams.get(handle).ok_or_else(|| no_handle("stream"))
    }

    pub(crate) fn free_stream(&self, handle: usize) -> Result<(), Failure> {
        self.streams.remove(handle).map(drop).ok_or_else(|| no_handle("stream"))
    }

    pub(crate) fn close(&self, handle: usize) -> Result<(), Failure> {
        let connection = self.connections.remove(handle).ok_or_else(|| no_handle("connection"))?;
        connection.close();
        Ok(())
    }

    fn connection(&self, handle: usize) -> Result<Arc<Connection>, Failure> {
        self.connections.get(handle).ok_or_else(|| no_handle("connection"))
    }
}

/// The place alone: what stands there may be a key.
fn no_object(error: &serde_json::Error) -> String {
    format!("the configuration is not a JSON object: line {}, column {}", error.line(), error.column())
}

fn no_handle(what: &str) -> Failure {
    let sentence = format!("this is not a handle of an open {what}; it was freed, or is something else");
    Failure::misuse(sfsf_status::SFSF_BAD_HANDLE, &sentence)
}

fn wrong(sentence: &str) -> Failure {
    Failure::misuse(sfsf_status::SFSF_MALFORMED, sentence)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use ::tests::trouble::Troublesome;

    fn get(library: &Library, connection: usize, uid: &str) -> Result<Vec<u8>, Failure> {
        let params = json!({"object_class": "Person", "uid": uid});
        let request = json!({"id": 1, "method": "get", "params": params});
        library.call(connection, request.to_string().as_bytes())
    }

    #[test]
    fn a_panic_in_an_operation_is_an_internal_error_and_the_next_call_works() {
        let library = Library::new(Troublesome);
        let connection = library.open(b"{}").ok().unwrap();
        let failure = get(&library, connection, "panic").err().unwrap();
        let error: Json = serde_json::from_slice(&failure.json).unwrap();
        assert_eq!(failure.status, sfsf_status::SFSF_FAILED);
        assert_eq!(error["error"]["data"]["kind"], "internal");
        assert!(get(&library, connection, "P000001").is_ok());
    }

    #[test]
    fn a_configuration_is_refused_by_place_and_never_quoted() {
        let library = Library::new(Troublesome);
        for text in [&b"\"hush\""[..], b"{\"a\":hush}", b"[\"hush\"]", b"hush", b"{\"hush"] {
            let failure = library.open(text).err().unwrap();
            let json = String::from_utf8(failure.json).unwrap();
            assert_eq!(failure.status, sfsf_status::SFSF_MALFORMED);
            assert!(json.contains("line 1, column") && !json.contains("hush"), "{json}");
        }
        assert!(library.open(b"\xEF\xBB\xBF{}").is_ok(), "a byte order mark is passed over");
    }

    #[test]
    fn a_connector_without_tokens_says_so_and_a_closed_connection_has_none() {
        let library = Library::new(Troublesome);
        let connection = library.open(b"{}").ok().unwrap();
        let failure = library.access_token(connection, None).err().unwrap();
        let error: Json = serde_json::from_slice(&failure.json).unwrap();
        assert_eq!(failure.status, sfsf_status::SFSF_FAILED);
        assert_eq!(error["error"]["data"]["kind"], "unsupported");
        assert!(library.close(connection).is_ok());
        assert_eq!(
            library.access_token(connection, None).err().unwrap().status,
            sfsf_status::SFSF_BAD_HANDLE
        );
    }
}
