//! One value of a list, with the instance that it belongs to.

use std::collections::BTreeMap;

use connector_core::operation::{ListValue, ValueStatus};
use serde_json::Value as Json;

use crate::config::Instance;

/// A text that is there and not blank.
pub(in crate::class) fn text(json: &Json, name: &str) -> Option<String> {
    match json.get(name)? {
        Json::String(text) if !text.trim().is_empty() => Some(text.clone()),
        // Of a larger one, digits were lost on the way.
        Json::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// A value with its key, `101~VP-MKT`, and what it decodes to, `SuccessFactors~Vice President of Marketing`:
/// the form in which Oracle Identity Manager keeps lists of several instances apart.
pub(in crate::class) fn value(
    instance: &Instance,
    code: String,
    label: Option<String>,
    labels: BTreeMap<String, String>,
    active: bool,
) -> ListValue {
    let label = label.or_else(|| labels.values().next().cloned()).unwrap_or_else(|| code.clone());
    ListValue {
        key: format!("{}~{code}", instance.key),
        decode: format!("{}~{label}", instance.name),
        code,
        label,
        labels,
        status: if active { ValueStatus::Active } else { ValueStatus::Inactive },
        id: None,
    }
}

/// The locale of a column such as `name_de_DE`. What is not a locale, as `name_localized`, has none.
pub(super) fn locale<'a>(column: &'a str, prefix: &str) -> Option<&'a str> {
    let locale = column.strip_prefix(prefix)?.strip_prefix('_')?;
    let (language, country) = locale.split_once('_')?;
    let is_language = (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase());
    (is_language && !country.is_empty()).then_some(locale)
}

/// The labels of the columns that end with a locale.
pub(super) fn labels(json: &Json, prefix: &str) -> BTreeMap<String, String> {
    let columns = json.as_object().into_iter().flat_map(|map| map.keys());
    let labels = columns.filter_map(|column| Some((locale(column, prefix)?.to_owned(), text(json, column)?)));
    labels.collect()
}

/// Each value once, the first that came; in the order of codes. Options of legacy picklists may have one code between
/// them, and only the id tells them apart (KBA 2378577): then the id is in the key, which is that of one value.
pub(in crate::class) fn distinct(mut values: Vec<ListValue>) -> Vec<ListValue> {
    values.sort_by(|a, b| (&a.code, &a.id).cmp(&(&b.code, &b.id)));
    values.dedup_by(|later, first| (&later.code, &later.id) == (&first.code, &first.id));
    let shared = |one: &ListValue, other: Option<&ListValue>| other.is_some_and(|it| it.code == one.code);
    let shared: Vec<_> = (0..values.len())
        .filter(|place| {
            let neighbors = [place.checked_sub(1), place.checked_add(1)].into_iter().flatten();
            let one = values.get(*place);
            one.is_some_and(|one| neighbors.into_iter().any(|place| shared(one, values.get(place))))
        })
        .collect();
    for place in shared {
        if let Some(value) = values.get_mut(place) {
            let id = value.id.as_deref().unwrap_or(&value.code);
            let instance = value.key.strip_suffix(&value.code).unwrap_or_default();
            value.key = format!("{instance}{id}");
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_ends_the_name_of_a_column() {
        assert_eq!(locale("name_de_DE", "name"), Some("de_DE"));
        assert_eq!(locale("externalName_en_DEBUG", "externalName"), Some("en_DEBUG"));
        for column in ["name", "name_localized", "name_defaultValue", "nameless_de_DE", "description_de_DE"] {
            assert_eq!(locale(column, "name"), None, "{column}");
        }
    }

    #[test]
    fn options_with_one_code_between_them_all_come_each_with_a_key_of_its_own() {
        let instance = Instance { key: "101".into(), name: "SuccessFactors".into() };
        let option = |id: &str, code: &str| ListValue {
            id: Some(id.to_owned()),
            ..value(&instance, code.to_owned(), None, BTreeMap::new(), true)
        };
        let options =
            ["485 C", "482 482", "484 C", "483 B", "485 C"].map(|text| text.split_once(' ').unwrap());
        let listed = distinct(options.map(|(id, code)| option(id, code)).into());
        let listed: Vec<_> = listed.iter().map(|v| (v.id.as_deref().unwrap(), &*v.code, &*v.key)).collect();
        let expected = [
            ("482", "482", "101~482"),
            ("483", "B", "101~B"),
            ("484", "C", "101~484"),
            ("485", "C", "101~485"),
        ];
        assert_eq!(listed, expected);
    }

    #[test]
    fn a_value_has_the_instance_before_its_code_and_its_label() {
        let instance = Instance { key: "101".into(), name: "SuccessFactors".into() };
        let label = Some("Vice President of Marketing".to_owned());
        let value = value(&instance, "VP-MKT".into(), label, BTreeMap::new(), true);
        assert_eq!(value.key, "101~VP-MKT");
        assert_eq!(value.decode, "SuccessFactors~Vice President of Marketing");
    }
}
