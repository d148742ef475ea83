//! Errors: the ones a tenant answers with, and the one that starting a sandbox can end in.

use axum::http::StatusCode;

/// Why a sandbox could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address could not be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address that was asked for.
        address: std::net::SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The OAuth client's key could not be made or read.
    #[error("the OAuth client's key cannot be used: {0}")]
    Key(String),
    /// An option has a value that no tenant can have.
    #[error("{option}: {reason}")]
    Option {
        /// The option's name.
        option: &'static str,
        /// What is wrong with its value.
        reason: String,
    },
    /// The tables that are built into this library are inconsistent.
    #[error("the built-in data model is damaged: {0}")]
    Model(String),
}

/// An error answer of the tenant's OData service: HTTP status, code, and a text that begins with the
/// stable number in brackets (docs/successfactors.md#error-bodies).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ODataError {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
    pub(crate) text: String,
    /// Seconds for a `Retry-After` header.
    pub(crate) retry_after: Option<u64>,
}

impl ODataError {
    pub(crate) fn new(status: StatusCode, code: &str, text: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), text: text.into(), retry_after: None }
    }

    fn bad(code: &str, text: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, text)
    }

    /// COE0003 (KBA 2584770).
    pub(crate) fn property_expression(detail: &str) -> Self {
        Self::bad("COE_BAD_PROPERTY_EXPRESSION", format!("[COE0003]{detail}"))
    }

    /// COE0007: an entity set or function import that does not exist (KBA 2546923).
    pub(crate) fn entity_not_found(name: &str) -> Self {
        Self::bad("COE_ENTITY_NOT_FOUND", format!("[COE0007]invalid entity (or function) name: {name}"))
    }

    /// COE0018: a request that cannot be understood.
    pub(crate) fn bad_request(detail: &str) -> Self {
        Self::bad("COE_GENERAL_BAD_REQUEST", format!("[COE0018]{detail}"))
    }

    /// COE0019: a failure of the business logic, also a lost snapshot (KBA 2990434, 2994898).
    pub(crate) fn server_failure(detail: &str) -> Self {
        let text = format!("[COE0019]{detail}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "COE_GENERAL_SERVER_FAILURE", text)
    }

    /// COE0021: a property that this tenant does not have (docs/successfactors.md#missing-properties).
    pub(crate) fn property_not_found(entity: &str, property: &str) -> Self {
        Self::bad(
            "COE_PROPERTY_NOT_FOUND",
            format!(
                "[COE0021]Invalid property names: {entity}/{property}. Please check the property name in \
                 Admin Center > OData API Data Dictionary or entity metadata."
            ),
        )
    }

    /// A property that may not be written (KBA 2627985, COE0030).
    pub(crate) fn not_editable(property: &str) -> Self {
        Self::bad("COE_PROPERTY_NOT_EDITABLE", format!("[COE0030]The Property {property} is not upsertable"))
    }

    /// COE0027 (KBA 2627985).
    pub(crate) fn missing_required(property: &str) -> Self {
        Self::bad(
            "COE_MISSING_REQUIRED_PROPERTIES",
            format!("[COE0027]Required property {property} is missing"),
        )
    }

    /// A text longer than its property allows (KBA 2925916).
    pub(crate) fn exceed_max_length(actual: usize, limit: usize, property: &str) -> Self {
        Self::bad(
            "COE_PROPERTY_EXCEED_MAX_LENGTH",
            format!("String length exceed the limit(actual={actual}, limit={limit}) of field {property}!"),
        )
    }

    /// A value of the wrong type; the wording is the one of KBA 2994898.
    pub(crate) fn invalid_value(property: &str, value: &str) -> Self {
        Self::bad(
            "COE_INVALID_PROPERTY_VALUE",
            format!("Invalid property value. Property name:{property}. Property value:{value}."),
        )
    }

    /// `BadRequestException`: too many records, a broken body (KBA 3145174).
    pub(crate) fn bad_request_exception(text: &str) -> Self {
        Self::bad("BadRequestException", text.to_owned())
    }

    /// A key that no row has. The code's name is unconfirmed (docs/successfactors.md#odata-errors).
    pub(crate) fn not_found(entity: &str, key: &str) -> Self {
        let key = key.replace('\u{1f}', ",");
        let text = format!("{entity} with key '{key}' not found");
        Self::new(StatusCode::NOT_FOUND, "NotFoundException", text)
    }

    /// A log-on error (KBA 2524436).
    pub(crate) fn logon(status: StatusCode, code: &str, text: &str) -> Self {
        Self::new(status, code, format!("[{code}]{text}"))
    }

    /// A path that leads nowhere (KBA 2524436, LGN0001).
    pub(crate) fn invalid_endpoint() -> Self {
        Self::logon(StatusCode::NOT_FOUND, "LGN0001", "Invalid endpoint")
    }
}
