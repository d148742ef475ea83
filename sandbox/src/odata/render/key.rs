//! Keys as they stand in the addresses of answers.

use crate::http::uri;
use crate::state::model::EdmType;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;
use crate::time;

/// What stands between the parentheses of a row's address: `'jdoe'`, `82L`, or the parts of a key by name.
pub(crate) fn predicate(tenant: &Tenant, entity: usize, row: Row) -> String {
    let (model, table) = (tenant.entity(entity), tenant.table(entity));
    let literal = |column: &usize| literal(&table.get(row, *column), model.properties[*column].kind);
    if let [column] = &model.keys[..] {
        return literal(column);
    }
    let parts =
        model.keys.iter().map(|column| format!("{}={}", model.properties[*column].name, literal(column)));
    parts.collect::<Vec<_>>().join(",")
}

fn literal(value: &Value<'_>, kind: EdmType) -> String {
    match value {
        Value::Decimal(text) => format!("{text}M"),
        Value::Text(text) => format!("'{}'", uri::key(text)),
        Value::Int(number) if kind == EdmType::Int64 => format!("{number}L"),
        Value::Int(number) => number.to_string(),
        Value::Time(millis) => format!("datetime'{}'", time::iso_seconds(*millis)),
        _ => "null".to_owned(),
    }
}
