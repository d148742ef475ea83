//! What both measuring programs do: a tenant of as many people as the first argument says, and requests to it.

use std::time::Instant;

use sandbox::{Options, Sandbox};

pub type Error = Box<dyn std::error::Error>;

/// A tenant with a client.
pub struct Measured {
    pub tenant: Sandbox,
    http: reqwest::Client,
}

/// Starts the tenant and lets `measure` have it.
pub fn run<Answer>(measure: impl FnOnce(Measured) -> Answer) -> Result<(), Error>
where
    Answer: Future<Output = Result<(), Error>>,
{
    let people = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let started = Instant::now();
        let tenant = Sandbox::start(Options { people, ..Options::default() }).await?;
        println!("{people} people ready in {:?} (a key was made too)", started.elapsed());
        memory();
        let http = reqwest::Client::builder().no_proxy().no_gzip().build()?;
        measure(Measured { tenant, http }).await
    })
}

impl Measured {
    /// Asks `times` times, and prints what the last one cost. Gives its answer.
    pub async fn ask(&self, query: &str, times: usize) -> Result<String, Error> {
        let url = format!("{}/odata/v2/{query}", self.tenant.base_url());
        let mut text = String::new();
        for _ in 0..times {
            let request = self.http.get(&url).bearer_auth(self.tenant.access_token());
            text = request.send().await?.text().await?;
        }
        if let Some(last) = self.tenant.requests().pop() {
            println!("{:?}: {} records, {} bytes, {query}", last.duration, last.records, last.bytes);
        }
        Ok(text)
    }
}

/// Prints how large the process is, and was at most.
pub fn memory() {
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let lines = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
        lines.for_each(|line| println!("  {line}"));
    }
}
