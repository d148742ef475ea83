//! Parser.
/// Deepest nesting.
pub const MAX_DEPTH: usize = 64;
/// A text that is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FilterSyntaxError {
    /// message
    pub message: String,
}
