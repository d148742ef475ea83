//! The one place that writes lines.

use connector_core::protocol::Event;
use tokio::io::{AsyncWrite, AsyncWriteExt, BufWriter};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Lines that may wait to be written before whoever makes them has to wait.
const WAITING: usize = 64;
const BUFFER: usize = 64 << 10;

/// Where events are handed in to be written. Cheap to clone.
#[derive(Clone)]
pub struct Outlet(mpsc::Sender<Vec<u8>>);

impl Outlet {
    /// An outlet, and what has to be driven for it to write.
    ///
    /// `closed` is cancelled when nobody reads the output any more.
    pub fn new<W>(output: W, closed: CancellationToken) -> (Self, impl Future<Output = ()>)
    where
        W: AsyncWrite + Unpin,
    {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Self(sender), write(output, receiver, closed))
    }

    /// Hands in an event. It waits while the output is full, and is lost once nobody reads it.
    pub async fn send(&self, event: &Event) {
        let Ok(mut line) = serde_json::to_vec(event) else { return };
        line.push(b'\n');
        // Nobody reads the output any more: whoever looks at `closed` knows.
        let _ = self.0.send(line).await;
    }
}

async fn write<W: AsyncWrite + Unpin>(
    output: W,
    mut lines: mpsc::Receiver<Vec<u8>>,
    closed: CancellationToken,
) {
    let mut output = BufWriter::with_capacity(BUFFER, output);
    while let Some(line) = lines.recv().await {
        let mut written = output.write_all(&line).await;
        if written.is_ok() && lines.is_empty() {
            written = output.flush().await;
        }
        if written.is_err() {
            closed.cancel();
            return;
        }
    }
    // The end of the output is the end in any case.
    let _ = output.flush().await;
}
