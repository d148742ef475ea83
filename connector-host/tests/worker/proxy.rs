//! A way to the broker that can be cut.

use std::sync::Mutex;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// Carries every connection to a port of this machine, until they are cut.
pub struct Proxy {
    port: u16,
    cut: std::sync::Arc<Mutex<CancellationToken>>,
}

impl Proxy {
    /// A way to this port.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self { port: listener.local_addr().unwrap().port(), cut: Default::default() };
        let cut = std::sync::Arc::clone(&proxy.cut);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let token = cut.lock().unwrap().clone();
                tokio::spawn(async move {
                    let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut server) => {}
                        () = token.cancelled() => {}
                    }
                });
            }
        });
        proxy
    }

    /// Its address, as a broker.
    pub fn address(&self) -> String {
        format!("amqp://127.0.0.1:{}", self.port)
    }

    /// Cuts every connection that is there; new ones are carried.
    pub fn cut(&self) {
        std::mem::take(&mut *self.cut.lock().unwrap()).cancel();
    }
}
