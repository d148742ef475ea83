//! Ctrl-C and SIGTERM.

use tokio_util::sync::CancellationToken;

use crate::exit::Exit;

/// The first signal cancels the token, so that the call under way can end in order; the second one ends
/// the process at once.
pub fn cancel_on_signal(token: CancellationToken) {
    tokio::spawn(async move {
        signal().await;
        token.cancel();
        signal().await;
        std::process::exit(Exit::Cancelled as i32);
    });
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
