//! Addresses of entities: `User`, `User('jdoe')`, `User(userId='jdoe')`.

use crate::state::model::{EdmType, Entity};
use crate::state::store::{Value, is_decimal, key_text};
use crate::time;

/// An entity set, or one of its entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) entity: String,
    /// Key properties by name; the name is empty where a single key goes without.
    pub(crate) key: Option<Vec<(String, String)>>,
}

impl Address {
    /// Reads an address that is percent-decoded already. `None` if it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let Some((entity, rest)) = text.split_once('(') else {
            return Some(Self { entity: text.to_owned(), key: None });
        };
        let inner = rest.trim_end().strip_suffix(')')?;
        Some(Self { entity: entity.to_owned(), key: Some(parts(inner)?) })
    }

    /// The key of an entity in its text form. `None` if a part is missing, of another name or no value.
    pub(crate) fn key_text(&self, entity: &Entity) -> Option<String> {
        let parts = self.key.as_deref()?;
        if parts.len() != entity.keys.len() {
            return None;
        }
        let values: Option<Vec<Value<'static>>> = entity
            .keys
            .iter()
            .map(|column| {
                let property = &entity.properties[*column];
                let alone = parts.len() == 1;
                let part =
                    parts.iter().find(|(name, _)| *name == property.name || (alone && name.is_empty()))?;
                key_value(&part.1, property.kind)
            })
            .collect();
        values.map(|values| key_text(&values))
    }

    /// One part of an entity's key, where the address has it.
    pub(crate) fn key_part(&self, entity: &Entity, column: usize) -> Option<Value<'static>> {
        let parts = self.key.as_deref()?;
        let property = &entity.properties[column];
        let alone = entity.keys.len() == 1;
        let part = parts.iter().find(|(name, _)| *name == property.name || (alone && name.is_empty()))?;
        key_value(&part.1, property.kind)
    }

    /// The value of a single key.
    #[cfg(test)]
    pub(crate) fn single_key(&self, property: &str) -> Option<&str> {
        match self.key.as_deref()? {
            [(name, value)] if name.is_empty() || name == property => Some(value),
            _ => None,
        }
    }
}

fn key_value(text: &str, kind: EdmType) -> Option<Value<'static>> {
    match kind {
        EdmType::Decimal => {
            let digits = text.trim_end_matches(['M', 'm']);
            is_decimal(digits).then(|| Value::Decimal(digits.to_owned().into()))
        }
        EdmType::String | EdmType::Binary => Some(Value::Text(text.to_owned().into())),
        EdmType::DateTime | EdmType::DateTimeOffset => {
            time::read(text).map(|moment| Value::Time(moment.millis))
        }
        _ => text.trim_end_matches(['L', 'l']).parse().ok().map(Value::Int),
    }
}

/// `'a'` or `name='a', other=5L`; a blank after the comma is taken too (KBA 3386831).
fn parts(inner: &str) -> Option<Vec<(String, String)>> {
    let mut parts = Vec::new();
    let mut rest = inner.trim();
    loop {
        let name_end = rest.find(['=', '\'']).filter(|at| rest[*at..].starts_with('='));
        let name = name_end.map_or("", |at| rest[..at].trim());
        let (value, used) = value(name_end.map_or(rest, |at| &rest[at + 1..]))?;
        let offset = name_end.map_or(0, |at| at + 1);
        parts.push((name.to_owned(), value));
        rest = rest[offset + used..].trim_start();
        if rest.is_empty() {
            return Some(parts);
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}

/// A literal and its length: `'text'` with doubled quotes, `datetime'…'`, or bare up to the comma.
fn value(rest: &str) -> Option<(String, usize)> {
    let Some(open) = rest.find('\'').filter(|at| rest[..*at].bytes().all(|byte| byte.is_ascii_alphabetic()))
    else {
        let end = rest.find(',').unwrap_or(rest.len());
        let bare = rest[..end].trim();
        return (!bare.is_empty()).then(|| (bare.to_owned(), end));
    };
    let mut text = String::new();
    let mut from = open + 1;
    loop {
        let end = rest[from..].find('\'')? + from;
        text.push_str(&rest[from..end]);
        if !rest[end + 1..].starts_with('\'') {
            return Some((text, end + 1));
        }
        text.push('\'');
        from = end + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<Vec<(String, String)>> {
        Address::parse(text).and_then(|address| address.key)
    }

    /// docs/successfactors.md#entity-addresses, docs/successfactors.md#upsert-requests,
    /// docs/successfactors.md#key-predicates.
    #[test]
    fn keys_are_read_in_every_documented_form() {
        let one = |name: &str, value: &str| Some(vec![(name.to_owned(), value.to_owned())]);
        assert_eq!(key("User('jdoe')"), one("", "jdoe"));
        assert_eq!(key("User(userId='205')"), one("userId", "205"));
        assert_eq!(key("User('O''Brien')"), one("", "O'Brien"));
        assert_eq!(key("User('a=b,c')"), one("", "a=b,c"));
        assert_eq!(key("RBPRole(82L)"), one("", "82L"));
        let two = key("PerEmail(emailType='8448', personIdExternal='x')").unwrap();
        assert_eq!(two[1], ("personIdExternal".to_owned(), "x".to_owned()));
        assert_eq!(key("EmpJob(seqNumber=1L,startDate=datetime'2024-01-01T00:00:00')").unwrap().len(), 2);
    }

    #[test]
    fn broken_keys_are_no_addresses() {
        for text in ["User('a", "User(", "User()", "User('a'", "User('a'b)", "User('a',)"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
        assert_eq!(key("User"), None);
    }
}
