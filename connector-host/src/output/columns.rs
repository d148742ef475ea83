//! Which attributes flat formats show, and what a cell says.

use connector_core::object::{AttributeName, ConnectorObject, ObjectClassInfo, Value, special};

/// Columns of a table that nobody asked for: what tells one person from another.
const PREFERRED: [&str; 6] = ["firstName", "lastName", "title", "department", "status", special::ENABLE];

/// Columns if none of the preferred ones is there.
const FEW: usize = 5;

/// The columns of a flat format. Uid and name always come first.
#[derive(Clone, Debug, Default)]
pub struct Columns(Vec<AttributeName>);

impl Columns {
    /// The attributes that were asked for.
    pub fn asked(attributes: &[AttributeName]) -> Self {
        Self::with(attributes.iter().cloned())
    }

    /// The attributes that come by default.
    pub fn of_class(info: &ObjectClassInfo) -> Self {
        Self::with(
            info.attributes.iter().filter(|a| a.readable && a.returned_by_default).map(|a| a.name.clone()),
        )
    }

    /// A few that suit these objects.
    pub fn suiting(objects: &[ConnectorObject]) -> Self {
        let there =
            |name: &AttributeName| objects.iter().any(|object| !object.values(name.as_str()).is_empty());
        let preferred: Vec<_> = PREFERRED.map(AttributeName::from).into_iter().filter(there).collect();
        if !preferred.is_empty() {
            return Self::with(preferred.into_iter());
        }
        let first = objects.first().map(|object| object.attributes.as_slice()).unwrap_or_default();
        Self::with(first.iter().take(FEW).map(|attribute| attribute.name.clone()))
    }

    /// All that this object has.
    pub fn of_object(object: &ConnectorObject) -> Self {
        Self::with(object.attributes.iter().map(|attribute| attribute.name.clone()))
    }

    fn with(attributes: impl Iterator<Item = AttributeName>) -> Self {
        let mut names: Vec<AttributeName> = Vec::new();
        for name in attributes {
            if !name.is(special::UID) && !name.is(special::NAME) && !names.contains(&name) {
                names.push(name);
            }
        }
        Self(names)
    }

    /// The header.
    pub fn header(&self) -> Vec<String> {
        let names = self.0.iter().map(ToString::to_string);
        ["uid".to_owned(), "name".to_owned()].into_iter().chain(names).collect()
    }

    /// The values of an object, one list a column.
    pub fn values(&self, object: &ConnectorObject) -> Vec<Vec<Value>> {
        let identity = [vec![object.uid.as_str().into()], vec![object.name.as_str().into()]];
        identity.into_iter().chain(self.0.iter().map(|name| object.values_of(name))).collect()
    }

    /// The same as text.
    pub fn cells(&self, object: &ConnectorObject) -> Vec<String> {
        self.values(object).iter().map(|values| cell(values)).collect()
    }
}

/// The values of one cell as text.
pub fn cell(values: &[Value]) -> String {
    let texts: Vec<_> = values.iter().map(ToString::to_string).collect();
    texts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_core::object::Attribute;

    fn ada() -> ConnectorObject {
        let mail = Attribute::new("mail", vec!["a@x".into(), "b@x".into()]);
        ConnectorObject {
            object_class: "User".into(),
            uid: "1".into(),
            name: "ada".into(),
            attributes: vec![mail],
        }
    }

    #[test]
    fn uid_and_name_come_first_and_once() {
        let columns = Columns::asked(&["mail", "__NAME__", "MAIL"].map(AttributeName::from));
        assert_eq!(columns.header(), ["uid", "name", "mail"]);
        assert_eq!(columns.cells(&ada()), ["1", "ada", "a@x; b@x"]);
    }

    #[test]
    fn without_known_names_the_first_attributes_are_shown() {
        assert_eq!(Columns::suiting(&[ada()]).header(), ["uid", "name", "mail"]);
    }
}
