//! A listener for TLS. Handshakes are made side by side, so that a slow client keeps nobody waiting.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::error::StartError;
use crate::http::listener::{Connection, CutStream};
use crate::http::peer::Peer;
use crate::tls::certificates::Certificates;
use crate::tls::verifier::AnyClient;

/// How long a handshake may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Handshakes under way at once; more clients wait in the queue of the operating system.
const MAX_HANDSHAKES: usize = 256;

type Shaken = Option<(TlsStream<TcpStream>, SocketAddr)>;

/// The listener.
pub(crate) struct TlsListener {
    tcp: TcpListener,
    acceptor: TlsAcceptor,
    handshakes: JoinSet<Shaken>,
}

impl TlsListener {
    /// # Errors
    ///
    /// Certificates that do not fit each other.
    pub(crate) fn new(tcp: TcpListener, certificates: &Certificates) -> Result<Self, StartError> {
        let wrong = |error: rustls::Error| StartError::Key(error.to_string());
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = Arc::new(AnyClient(provider.signature_verification_algorithms));
        let chain = vec![certificates.server.clone()];
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(wrong)?
            .with_client_cert_verifier(verifier)
            .with_single_cert(chain, certificates.server_key.clone_key())
            .map_err(wrong)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { tcp, acceptor: TlsAcceptor::from(Arc::new(config)), handshakes: JoinSet::new() })
    }

    fn shake(&mut self, stream: TcpStream, address: SocketAddr) {
        let handshake = self.acceptor.accept(stream);
        self.handshakes.spawn(async move {
            let stream = tokio::time::timeout(PATIENCE, handshake).await.ok()?.ok()?;
            Some((stream, address))
        });
    }
}

impl Listener for TlsListener {
    type Io = CutStream<TlsStream<TcpStream>>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            tokio::select! {
                (stream, address) = Listener::accept(&mut self.tcp), if self.handshakes.len() < MAX_HANDSHAKES => {
                    // Small answers must not wait for more; a failure costs only time.
                    let _ignored = stream.set_nodelay(true);
                    self.shake(stream, address);
                }
                Some(done) = self.handshakes.join_next(), if !self.handshakes.is_empty() => {
                    let Ok(Some((stream, address))) = done else { continue };
                    let certificates = stream.get_ref().1.peer_certificates();
                    let certificate = certificates.and_then(|chain| chain.first()).map(|first| first.to_vec());
                    return (CutStream::new(stream, Some(Peer { certificate })), address);
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.tcp.local_addr()
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        stream.io().connection().clone()
    }
}
