//! What `import --state FILE` remembers between runs: how far they have come, and who is known.
//!
//! The file holds tokens and a few numbers, and is replaced as a whole: at each checkpoint, when everything before it
//! has been written, and at the end of a run. Beside it, `FILE.keys.1`, `FILE.keys.2` and so on has a line for everybody who is known, so that a
//! million people take no memory but eight bytes each. A run that was killed leaves both as they were at its last
//! checkpoint.

mod file;
mod keys;
mod run;

pub use run::{Closing, Run};
