//! The brokers, and how to reach one.

use std::path::PathBuf;
use std::time::Duration;

use connector_core::{Error, ErrorKind, Result};
use connector_sfsf::files;
use lapin::protocol::{AMQPErrorKind, AMQPHardError, AMQPSoftError};
use lapin::tcp::{OwnedIdentity, OwnedTLSConfig};
use lapin::uri::AMQPUri;
use lapin::{Connection, ConnectionBuilder, ConnectionProperties};
use tokio::time::timeout;

/// A broker that says nothing for so long is taken for gone (seconds).
const HEARTBEAT: u16 = 15;
const CONNECT: Duration = Duration::from_secs(20);

/// Files for TLS, all PEM.
#[derive(Clone, Debug, Default)]
pub struct TlsFiles {
    /// Whose certificates are trusted besides those that the system trusts.
    pub ca: Option<PathBuf>,
    /// The certificate that this worker shows.
    pub certificate: Option<PathBuf>,
    /// Its key, PKCS#8.
    pub key: Option<PathBuf>,
}

/// Some brokers of one cluster, and what is needed to reach them.
pub struct Brokers {
    uris: Vec<AMQPUri>,
    tls: OwnedTLSConfig,
}

impl Brokers {
    /// Brokers with these addresses.
    ///
    /// # Errors
    ///
    /// No address, an address that is none, files that cannot be read.
    pub fn new(addresses: &[String], password: Option<&str>, files: &TlsFiles) -> Result<Self> {
        let uris: Vec<_> = addresses.iter().map(|text| parse(text, password)).collect::<Result<_>>()?;
        if uris.is_empty() {
            return Err(configuration("no broker is given".to_owned())
                .with_advice("give --broker amqp://HOST, or SFSF_BROKER in the environment"));
        }
        Ok(Self { uris, tls: read(files)? })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.uris.len()
    }

    /// Where the broker with this number is, without user and password.
    pub fn place(&self, number: usize) -> String {
        let uri = &self.uris[number % self.uris.len()];
        let vhost = uri.vhost.trim_start_matches('/');
        format!("{}://{}:{}/{vhost}", uri.scheme, uri.authority.host, uri.authority.port)
    }

    /// Connects to the broker with this number, counted round.
    ///
    /// # Errors
    ///
    /// One sentence that names the broker.
    pub async fn connect(&self, number: usize) -> Result<Connection> {
        let uri = self.uris[number % self.uris.len()].clone();
        let place = self.place(number);
        let builder = ConnectionBuilder::new().map_err(|error| refused(&place, &error))?;
        let properties = ConnectionProperties::default().with_connection_name("sfsf-connector worker".into());
        let builder = builder.with_uri(uri).with_properties(properties).with_tls_config(self.tls.clone());
        match timeout(CONNECT, builder.connect()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(refused(&place, &error)),
            Err(_) => Err(failed(format!("the broker {place} does not answer within {CONNECT:?}"))),
        }
    }
}

/// Whether this address holds a password.
pub fn holds_password(address: &str) -> bool {
    let authority = address.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or(""));
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

fn parse(text: &str, password: Option<&str>) -> Result<AMQPUri> {
    // The reason is left out: it might quote the address, which may hold a password.
    let mut uri: AMQPUri = text.parse().map_err(|_| {
        configuration("the address of a broker cannot be understood".to_owned())
            .with_advice("it looks like amqp://user@host:5672/vhost, with amqps:// for TLS")
    })?;
    if let Some(password) = password {
        uri.authority.userinfo.password = password.to_owned();
    }
    uri.query.heartbeat.get_or_insert(HEARTBEAT);
    Ok(uri)
}

fn read(files: &TlsFiles) -> Result<OwnedTLSConfig> {
    let bytes = |path: &PathBuf| {
        files::read(path, files::LONGEST).map_err(|error| {
            configuration(format!("{} cannot be read: {}", path.display(), crate::path::unread(path, error)))
        })
    };
    let ca = files.ca.as_ref().map(bytes).transpose()?;
    let identity = match (&files.certificate, &files.key) {
        (Some(certificate), Some(key)) => {
            Some(OwnedIdentity::PKCS8 { pem: bytes(certificate)?, key: bytes(key)? })
        }
        (None, None) => None,
        _ => {
            return Err(configuration(
                "a client certificate needs its key, and a key its certificate".to_owned(),
            ));
        }
    };
    Ok(OwnedTLSConfig { identity, cert_chain: ca.map(|ca| String::from_utf8_lossy(&ca).into_owned()) })
}

fn configuration(sentence: String) -> Error {
    Error::new(ErrorKind::Configuration, sentence)
}

fn failed(sentence: String) -> Error {
    Error::new(ErrorKind::ConnectionFailed, sentence)
}

fn refused(place: &str, error: &lapin::Error) -> Error {
    if let lapin::ErrorKind::ProtocolError(refusal) = error.kind() {
        if *refusal.kind() == AMQPErrorKind::Hard(AMQPHardError::NOTALLOWED) {
            return failed(format!("the broker {place} has no such virtual host, or not for this user"));
        }
        if *refusal.kind() == AMQPErrorKind::Soft(AMQPSoftError::ACCESSREFUSED) {
            return failed(format!("the broker {place} refuses user or password"))
                .with_advice("give the password as SFSF_BROKER_PASSWORD or --broker-password-file");
        }
    }
    failed(format!("the broker {place} cannot be reached: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_seen() {
        assert!(holds_password("amqp://u:p@host"));
        assert!(!holds_password("amqp://u@host:5672/v"));
        assert!(!holds_password("amqp://host:5672"));
    }

    #[test]
    fn a_broker_is_named_without_its_user() {
        let brokers =
            Brokers::new(&["amqp://u@h:1/v".to_owned()], Some("Hush"), &TlsFiles::default()).unwrap();
        assert_eq!(brokers.place(3), "amqp://h:1/v");
    }
}
