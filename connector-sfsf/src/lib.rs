//! The SAP SuccessFactors connector: OData V2 with OAuth 2.0 and a SAML bearer assertion.
//!
//! ```no_run
//! use connector_core::operation::GetRequest;
//! use connector_core::{Connector, Context};
//! use connector_sfsf::{Configuration, SuccessFactorsConnector};
//!
//! # async fn example() -> connector_core::Result<()> {
//! let keys = serde_json::json!({
//!     "url": "https://api4.successfactors.com/",
//!     "company_id": "ACME",
//!     "username": "sfapi",
//!     "client_id": "NDJjMDlk",
//!     "private_key_file": "/etc/sfsf/key.pem",
//! });
//! let configuration = Configuration::from_map(keys.as_object().cloned().unwrap_or_default())?;
//! let connector = SuccessFactorsConnector::new(configuration)?;
//! let found = connector.get(&Context::new(), &GetRequest::new("User", "jdoe")).await?;
//! println!("jdoe is {}", found.presence);
//! # Ok(())
//! # }
//! ```
//!
//! Where a comment names a heading of docs/successfactors.md, the facts are there; KBA numbers are SAP Knowledge Base
//! Articles.

mod auth;
mod class;
mod clock;
mod config;
mod connector;
pub mod files;
#[cfg(fuzzing)]
pub mod fuzzing;
mod http;
mod import;
mod manifest;
mod mapping;
mod odata;
mod operation;
mod provider;
mod read;
#[cfg(test)]
#[path = "../../tests/support/skip.rs"]
mod skip;
mod tenant;
mod write;

pub use auth::armor::is_certificate_text;
pub use clock::{Clock, SystemClock};
pub use config::{Configuration, Sources, similar_key};
pub use connector::SuccessFactorsConnector;
pub use manifest::manifest;
pub use provider::SuccessFactorsProvider;
