//! How pages follow one another.

/// How the pages of an import follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    /// By the links of a snapshot, as long as it holds.
    Snapshot,
    /// By key, each page a query of its own.
    Key,
    /// By the tenant's links, whatever they are.
    Link,
}
