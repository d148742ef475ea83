//! Where replies may go: what a requester names must never be one of the workers' own queues.

use connector_core::{Error, ErrorKind, Result};

use super::names::{Names, OWN};

/// What the queue of a direct reply begins with, whose name the broker makes.
const DIRECT: &str = "amq.rabbitmq.reply-to";

/// Whether replies to this queue go straight to a requester, through no queue.
pub fn is_direct(queue: &str) -> bool {
    queue.starts_with(DIRECT)
}

/// The queues that replies may go to.
#[derive(Clone, Debug)]
pub struct ReplyQueues {
    names: Names,
    prefixes: Vec<String>,
}

impl ReplyQueues {
    /// Queues that begin with one of these, or else with `<prefix>-replies.`.
    ///
    /// # Errors
    ///
    /// A beginning that one of the workers' own queues has or could have.
    pub fn new(names: &Names, prefixes: &[String]) -> Result<Self> {
        let prefixes = match prefixes {
            [] => vec![format!("{}-replies.", names.beginning().trim_end_matches('.'))],
            given => given.to_vec(),
        };
        match prefixes.iter().find(|prefix| may_begin_own(names, prefix)) {
            Some(wrong) => {
                let sentence = format!("--reply-prefix '{wrong}' fits queues of the workers themselves");
                let advice = "take one that no name of theirs begins with, such as sfsf-replies.";
                Err(Error::new(ErrorKind::Configuration, sentence).with_advice(advice))
            }
            None => Ok(Self { names: names.clone(), prefixes }),
        }
    }

    /// Whether a reply may go to this queue.
    pub fn allow(&self, queue: &str) -> bool {
        let begins = self.prefixes.iter().any(|prefix| queue.starts_with(prefix.as_str()));
        is_direct(queue) || (begins && !self.names.is_own(queue))
    }

    /// What is said about a queue that replies may not go to.
    pub fn refusal(&self, queue: &str) -> Error {
        let all: Vec<_> = self.prefixes.iter().map(|prefix| format!("'{prefix}'")).collect();
        Error::invalid_request(format!("reply_to names the queue '{queue}', to which no reply goes"))
            .with_advice(format!(
                "use the broker's direct reply, or a queue whose name begins with {}",
                all.join(" or ")
            ))
    }
}

fn may_begin_own(names: &Names, prefix: &str) -> bool {
    let all = names.beginning();
    let writes = format!("{all}write.");
    prefix.starts_with(&writes)
        || writes.starts_with(prefix)
        || OWN.iter().any(|own| format!("{all}{own}").starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queues(prefixes: &[&str]) -> Result<ReplyQueues> {
        let names = Names::new("sfsf", 4).unwrap();
        ReplyQueues::new(&names, &prefixes.iter().map(|prefix| (*prefix).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn replies_go_to_direct_replies_and_to_queues_of_the_prefix_alone() {
        let queues = queues(&[]).unwrap();
        assert!(queues.allow("amq.rabbitmq.reply-to.g1h2.x") && queues.allow("sfsf-replies.ada"));
        for own in ["sfsf.read", "sfsf.write.0", "sfsf.write.99", "sfsf.dead", "sfsf.memory", "sfsf.fallen"] {
            assert!(!queues.allow(own), "{own}");
        }
        assert!(!queues.allow("amq.gen-x") && !queues.allow("somebody.else") && !queues.allow(""));
    }

    #[test]
    fn a_prefix_that_fits_queues_of_the_workers_is_refused() {
        for wrong in
            ["", "s", "sfsf", "sfsf.", "sfsf.r", "sfsf.write.", "sfsf.write.1", "sfsf.dead", "sfsf.mov"]
        {
            assert!(queues(&[wrong]).is_err(), "{wrong}");
        }
        for right in ["sfsf.replies.", "sfsf-replies.", "amq.gen-", "openiam."] {
            assert!(queues(&[right]).is_ok(), "{right}");
        }
    }
}
