//! A TCP listener whose connections can be cut on purpose, at once or after some bytes, or carry noise.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::http::garble::Garble;
use crate::http::peer::Peer;

/// A handle to the connection that a request came on.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    /// How many more bytes may be written before the connection breaks.
    budget: Arc<AtomicU64>,
    /// From where on it carries noise.
    garble: Arc<Mutex<Garble>>,
    /// The other end, if it speaks TLS.
    pub(crate) peer: Option<Arc<Peer>>,
}

impl Connection {
    pub(crate) fn new(peer: Option<Peer>) -> Self {
        Self { budget: Arc::new(AtomicU64::new(u64::MAX)), garble: Arc::default(), peer: peer.map(Arc::new) }
    }

    /// Lets `bytes` more through and then breaks the connection; 0 cuts it before the answer.
    pub(crate) fn cut_after(&self, bytes: u64) {
        self.budget.store(bytes, Ordering::SeqCst);
    }

    /// Lets the next head and `bytes` more through, and then noise.
    pub(crate) fn garble_after_head(&self, bytes: usize) {
        *self.garble() = Garble::AfterHead(bytes);
    }

    fn garble(&self) -> MutexGuard<'_, Garble> {
        self.garble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connected<IncomingStream<'_, CutListener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, CutListener>) -> Self {
        stream.io().connection.clone()
    }
}

/// The listener.
#[derive(Debug)]
pub(crate) struct CutListener(pub(crate) TcpListener);

impl Listener for CutListener {
    type Io = CutStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Small answers must not wait for more; a failure costs only time.
        let _ignored = stream.set_nodelay(true);
        (CutStream::new(stream, None), address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A connection with a budget of bytes.
#[derive(Debug)]
pub(crate) struct CutStream<S> {
    stream: S,
    connection: Connection,
}

impl<S> CutStream<S> {
    pub(crate) fn new(stream: S, peer: Option<Peer>) -> Self {
        Self { stream, connection: Connection::new(peer) }
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// How much of a buffer may be written.
    fn allowance(&self, wanted: usize) -> io::Result<usize> {
        let left = self.connection.budget.load(Ordering::SeqCst);
        if left == 0 {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(usize::try_from(left).map_or(wanted, |left| left.min(wanted)))
    }

    fn spend(&self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let spend = |left: u64| (left != u64::MAX).then(|| left.saturating_sub(bytes));
        // An unlimited budget stays as it is, which the update reports as a failure.
        let _unlimited = self.connection.budget.fetch_update(Ordering::SeqCst, Ordering::SeqCst, spend);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for CutStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for CutStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let allowed = match self.allowance(buffer.len()) {
            Ok(allowed) => allowed,
            Err(error) => return Poll::Ready(Err(error)),
        };
        let garble = *self.connection.garble();
        let out = garble.spoil(&buffer[..allowed]);
        let written = Pin::new(&mut self.stream).poll_write(context, &out);
        if let Poll::Ready(Ok(bytes)) = written {
            self.spend(bytes);
            *self.connection.garble() = garble.after(&buffer[..bytes.min(allowed)]);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
