//! The runtime inside: two threads, there while they are needed.

use std::io;
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};
use std::time::Duration;

use connector_core::log::route_panics;
use connector_core::{Error, Result};
use tokio::runtime::{Builder, Handle, Runtime};

const THREADS: usize = 2;
const THREAD_NAME: &str = "sfsf-worker";

/// How long the end waits for work that cannot be interrupted, such as a name being resolved.
const PATIENCE: Duration = Duration::from_secs(1);

/// A runtime. It ends with the last connection or stream that holds it.
pub struct Engine(Option<Runtime>);

static CURRENT: Mutex<Weak<Engine>> = Mutex::new(Weak::new());
static PANICS: Once = Once::new();

impl Engine {
    /// The runtime of this process, which is started if there is none.
    pub fn get() -> Result<Arc<Self>> {
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = current.upgrade() {
            return Ok(engine);
        }
        PANICS.call_once(|| route_panics(|thread| thread.name() == Some(THREAD_NAME)));
        let runtime = Self::start()
            .map_err(|error| Error::internal(format!("the threads of the library did not start: {error}")))?;
        let engine = Arc::new(Self(Some(runtime)));
        *current = Arc::downgrade(&engine);
        Ok(engine)
    }

    fn start() -> io::Result<Runtime> {
        Builder::new_multi_thread().worker_threads(THREADS).thread_name(THREAD_NAME).enable_all().build()
    }

    /// Where tasks are started. `None` only while it ends.
    pub fn handle(&self) -> Option<&Handle> {
        self.0.as_ref().map(Runtime::handle)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_timeout(PATIENCE);
        }
    }
}
