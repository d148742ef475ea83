//! Waiting for what says nothing when it happens.

use std::time::Duration;

use tokio::time::timeout;

/// Whatever takes longer is not going to happen, on a machine that has other things to do.
pub const SOON: Duration = Duration::from_secs(150);

/// Looks again and again until there is something.
pub async fn poll<T>(what: impl Fn() -> String, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let looking = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(SOON, looking).await.unwrap_or_else(|_| panic!("{}", what()))
}
