//! Ctrl-C and SIGTERM.

use std::io;
use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::exit::Exit;

/// The first signal cancels the token, so that the call under way can end in order; the second one ends
/// the process at once, and so does the end of `patience`, whatever is under way.
///
/// This has a thread of its own: it holds when all others are busy.
///
/// # Errors
///
/// If there can be no such thread.
pub fn cancel_on_signal(token: CancellationToken, patience: Duration) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let watch = async move {
        signal().await;
        token.cancel();
        // Whether another signal came or none: this is the end.
        let _ = timeout(patience, signal()).await;
        std::process::exit(Exit::Cancelled as i32);
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        runtime.block_on(watch);
    })?;
    Ok(())
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return ctrl_c().await;
    };
    tokio::select! {
        () = ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    ctrl_c().await;
}

/// Where signals cannot be had, none ever comes.
async fn ctrl_c() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
