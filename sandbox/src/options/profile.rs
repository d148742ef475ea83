//! Which properties a tenant has.

use serde::Deserialize;

/// Which properties of the known ones a tenant has: they differ by configuration
/// (docs/successfactors.md#properties-of-user).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// The set to begin with.
    pub base: BaseProfile,
    /// Properties to add: of `User` by name, as `jobTitle` or `companyExitDate`, of other entities as
    /// `EmpJob/notes`. Unknown names stop the start.
    pub with: Vec<String>,
    /// Properties to take away. The key stays.
    pub without: Vec<String>,
    /// Properties that this tenant requires besides: `sap:required` says so, and a new row needs them.
    pub required: Vec<String>,
    /// Properties that this tenant does not require. Keys stay required.
    pub optional: Vec<String>,
}

/// A set of properties to begin a [`Profile`] with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BaseProfile {
    /// Like the tenant of 2020 that docs/successfactors.md#sources calls TEN20: 80 of the 138 properties of `User`; no
    /// `jobTitle`, no `salutation`, no salary.
    #[default]
    Ten20,
    /// All 138 properties of the API Business Hub.
    Hub,
}
