//! What of entitlements is wanted, and what has to be read for it. Filters are evaluated here.

use connector_core::object::{Attribute, AttributeInfo, AttributeName, ConnectorObject, ValueType, special};
use connector_core::{Error, Filter, Result};

use super::kind::{GROUPS, Kind, MEMBERS, PERMISSIONS};
use super::list::order;
use super::members;
use super::object::{read, references};
use crate::http::Scope;
use crate::odata::edm::Edm;
use crate::odata::row::Row;
use crate::session::Session;
use crate::user::{Gaps, USER};

/// What of the objects is wanted, and what has to be read for it.
#[derive(Debug)]
pub(super) struct Wanted {
    pub kind: Kind,
    names: Option<Vec<AttributeName>>,
    pub filter: Option<Filter>,
    /// What did not come of what was asked for.
    pub gaps: Gaps,
}

impl Wanted {
    /// # Errors
    ///
    /// Attributes that the class does not have, and literals that are not of their type.
    pub fn new(kind: Kind, names: Option<Vec<AttributeName>>, filter: Option<Filter>) -> Result<Self> {
        let info = kind.info();
        let in_filter = filter.as_ref().map(Filter::attributes).unwrap_or_default();
        for name in names.iter().flatten().chain(in_filter) {
            if !name.is(special::UID) && !name.is(special::NAME) && info.attribute(name).is_none() {
                let message = format!("{} has no attribute '{name}'", kind.entity());
                return Err(Error::invalid_attribute(name.clone(), message)
                    .with_advice("`schema` lists the attributes that it has"));
            }
        }
        for (name, literal) in filter.iter().flat_map(Filter::literals) {
            // Uid and name are texts, whatever the property behind them is.
            let (name, value_type) = match info.attribute(name) {
                Some(info) => (&info.name, info.value_type),
                None => (name, ValueType::String),
            };
            literal.check(name, value_type, value_type.expected())?;
        }
        Ok(Self { kind, names, filter, gaps: Gaps::default() })
    }

    fn names(&self, name: &str) -> bool {
        self.names.iter().flatten().any(|wanted| wanted.is(name)) || self.filters(name)
    }

    pub fn filters(&self, name: &str) -> bool {
        self.filter.iter().flat_map(Filter::attributes).any(|used| used.is(name))
    }

    pub fn expand(&self) -> String {
        let paths = [(PERMISSIONS, "permissions"), (GROUPS, "rules/accessGroups")];
        let paths = paths.iter().filter(|(name, _)| self.kind == Kind::Role && self.names(name));
        paths.map(|(_, path)| *path).collect::<Vec<_>>().join(",")
    }

    /// The members of groups cost a request of their own.
    fn members(&self) -> bool {
        self.kind == Kind::Group && self.names(MEMBERS)
    }

    pub fn matches(&self, object: &ConnectorObject) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.matches(object))
    }

    /// Leaves what was asked for, and takes note of what of it is not there.
    pub fn reduce(&self, object: &mut ConnectorObject) {
        let attributes = self.kind.info().attributes;
        let is_wanted = |info: &AttributeInfo| match &self.names {
            Some(names) => names.contains(&info.name),
            None => info.returned_by_default,
        };
        let wanted: Vec<_> =
            attributes.iter().filter(|info| is_wanted(info)).map(|info| &info.name).collect();
        object.attributes.retain(|attribute| wanted.contains(&&attribute.name));
        for name in wanted {
            self.gaps.withhold_if(object.attribute(name.as_str()).is_none(), name);
        }
    }
}

/// The objects of these rows, in the order of their ids, and what is wrong with the others.
pub(super) fn objects(wanted: &Wanted, rows: &[Row]) -> (Vec<ConnectorObject>, Vec<Error>) {
    let (mut objects, mut problems) = (Vec::new(), Vec::new());
    let times = wanted.kind.columns().iter().filter(|column| column.edm == Edm::DateTime);
    let unzoned = rows.first().is_some_and(|row| row.zone().is_none());
    times.filter(|_| unzoned).for_each(|column| wanted.gaps.unzone(&column.name.into()));
    for row in rows {
        match read(wanted.kind, row) {
            Ok(object) => objects.push(object),
            Err(problem) => problems.push(problem),
        }
    }
    objects.sort_by_cached_key(|object| order(&object.uid));
    (objects, problems)
}

/// Reads what does not come with the rows.
pub(super) async fn complete(
    session: &Session,
    scope: &Scope,
    wanted: &Wanted,
    objects: &mut [ConnectorObject],
) -> Result<()> {
    if !wanted.members() {
        return Ok(());
    }
    let groups: Vec<_> = objects.iter().map(|object| object.uid.clone()).collect();
    let lists = members::of_groups(session, scope, &groups).await?;
    for (object, members) in objects.iter_mut().zip(lists) {
        object.attributes.push(Attribute::new(MEMBERS, references(USER, members)));
    }
    Ok(())
}
