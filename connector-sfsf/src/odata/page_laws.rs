//! What a page is read as, with serde_json as the judge of what JSON is.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::page_judge::{judge, read_bytes};
use crate::odata::edm::Scalar;
use crate::odata::row::{Field, Row};
use connector_core::ErrorKind;

fn value() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        // Quarters, which serde_json reads exactly too.
        any::<i32>().prop_map(|number| Json::from(f64::from(number) / 4.0)),
        // Quotes, backslashes, controls, and letters that take two, three and four bytes.
        "[a-z\"\\\\/\\x00-\\x1f äß€😀]{0,20}".prop_map(Json::from),
    ];
    scalar.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            btree_map("[a-zé\"\\\\]{0,9}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Records that mostly have the same fields, as those of a tenant.
fn records() -> impl Strategy<Value = Vec<Json>> {
    let fields = vec(("[a-z\"]{1,12}", value()), 1..6);
    (fields, vec((value(), 0..7_usize), 0..6)).prop_map(|(fields, changes)| {
        let record = |value: &Json, place: usize| {
            let mut fields = fields.clone();
            match fields.get_mut(place) {
                Some(field) => field.1 = value.clone(),
                None => drop(fields.pop()),
            }
            fields.into_iter().collect::<Json>()
        };
        changes.iter().map(|(value, place)| record(value, *place)).collect()
    })
}

fn page(records: &[Json], is_wide: bool) -> String {
    let page = json!({"d": {"results": records, "__next": "https://x/\"ü", "__count": "7"}});
    if is_wide { serde_json::to_string_pretty(&page).unwrap() } else { page.to_string() }
}

fn json_of(field: Field<'_>) -> Option<Json> {
    Some(match field {
        Field::Scalar(Scalar::Null) => Json::Null,
        Field::Scalar(Scalar::Boolean(flag)) => flag.into(),
        Field::Scalar(Scalar::Number(digits)) => serde_json::from_str(&digits).ok()?,
        Field::Scalar(Scalar::Text(text)) => text.into(),
        Field::Nested(json) => serde_json::from_str(json).ok()?,
    })
}

/// Every field is what serde_json finds.
fn check(row: &Row) {
    let expected: Json = serde_json::from_slice(row).unwrap();
    let names: Vec<_> = row.header().unwrap().names().collect();
    assert_eq!(names.len(), expected.as_object().unwrap().len());
    for (place, name) in names.into_iter().enumerate() {
        assert_eq!(json_of(row.field(place).unwrap()).unwrap(), expected[name]);
    }
}

proptest! {
    #[test]
    fn every_field_of_a_page_is_what_it_was(records in records(), is_wide: bool) {
        let page = read_bytes(page(&records, is_wide).as_bytes()).unwrap();
        let read: Vec<Json> = page.rows.iter().map(|row| serde_json::from_slice(row).unwrap()).collect();
        assert_eq!(read, records);
        page.rows.iter().for_each(check);
        assert_eq!((page.next.as_deref(), page.count), (Some("https://x/\"ü"), Some(7)));
    }

    #[test]
    fn a_page_that_is_cut_off_is_refused(records in records(), is_wide: bool, cut: prop::sample::Index) {
        let page = page(&records, is_wide);
        let cut = (0..=cut.index(page.len())).rev().find(|cut| page.is_char_boundary(*cut)).unwrap();
        let error = read_bytes(&page.as_bytes()[..cut]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TargetProtocol);
    }

    /// What is JSON is read. What is not is refused, unless the flaw is inside of what nobody has looked into.
    #[test]
    fn a_page_with_a_flaw_is_no_other_page(
        records in records(),
        place: prop::sample::Index,
        flaw in "[\"\\\\{}:,0e.\\[\\]\\x0a\\x01 ntf-]{0,2}",
    ) {
        let mut page = page(&records, false);
        let place = (0..=place.index(page.len())).rev().find(|place| page.is_char_boundary(*place)).unwrap();
        let end = place + page[place..].chars().next().map_or(0, char::len_utf8);
        page.replace_range(place..end, &flaw);
        judge(page.as_bytes());
    }
}
