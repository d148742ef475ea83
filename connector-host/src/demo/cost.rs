//! What the story cost the tenant.

use std::time::Duration;

use sandbox::RecordedRequest;
use serde::{Serialize, Serializer};

/// What requests of one kind cost together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cost {
    /// What they were for.
    pub kind: &'static str,
    /// How many.
    pub requests: usize,
    /// Records read or written.
    pub records: usize,
    /// Bytes of the answers.
    pub bytes: usize,
    /// How long the tenant worked on them.
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub time: Duration,
}

fn seconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(time.as_secs_f64())
}

const KINDS: [&str; 4] = ["token", "metadata", "read", "write"];

/// The requests by kind, those kinds left out of which there were none.
pub fn of(requests: &[RecordedRequest]) -> Vec<Cost> {
    let of_kind = |name: &'static str| {
        let requests = requests.iter().filter(|request| kind(&request.method, &request.path) == name);
        requests.fold(Cost::none(name), Cost::plus)
    };
    KINDS.into_iter().map(of_kind).filter(|cost| cost.requests > 0).collect()
}

/// All of them together.
pub fn total(costs: &[Cost]) -> Cost {
    costs.iter().fold(Cost::none("together"), |sum, cost| Cost {
        requests: sum.requests + cost.requests,
        records: sum.records + cost.records,
        bytes: sum.bytes + cost.bytes,
        time: sum.time + cost.time,
        ..sum
    })
}

impl Cost {
    fn none(kind: &'static str) -> Self {
        Self { kind, requests: 0, records: 0, bytes: 0, time: Duration::ZERO }
    }

    fn plus(self, request: &RecordedRequest) -> Self {
        Self {
            requests: self.requests + 1,
            records: self.records + request.records,
            bytes: self.bytes + request.bytes,
            time: self.time + request.duration,
            ..self
        }
    }
}

fn kind(method: &str, path: &str) -> &'static str {
    if path.contains("/oauth/") {
        "token"
    } else if path.contains("$metadata") || path.contains("%24metadata") {
        "metadata"
    } else if method == "GET" {
        "read"
    } else {
        "write"
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_request_is_for_one_thing() {
        assert_eq!(kind("POST", "/oauth/token"), "token");
        assert_eq!(kind("GET", "/odata/v2/User/$metadata"), "metadata");
        assert_eq!(kind("GET", "/odata/v2/User"), "read");
        assert_eq!(kind("POST", "/odata/v2/upsert"), "write");
    }
}
