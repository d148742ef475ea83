//! Function imports and complex types in `$metadata`, listed in `data/functions.tsv`.

use std::fmt::Write as _;

use crate::state::model::Model;

const FUNCTIONS: &str = include_str!("../../../data/functions.tsv");

fn lines(kind: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    FUNCTIONS
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(move |cells| cells.first() == Some(&kind))
        .map(|cells| cells[1..].to_vec())
}

/// The function imports but `upsert`, for the entity container.
pub(super) fn imports(out: &mut String, model: &Model) {
    for cells in lines("F") {
        let [name, method, result, parameters @ ..] = &cells[..] else { continue };
        let _infallible = write!(out, "<FunctionImport Name=\"{name}\"");
        if *result != "-" {
            let _infallible = write!(out, " ReturnType=\"{}\"", qualified(result));
        }
        let set = result.strip_prefix("Collection(").map_or(*result, |inner| inner.trim_end_matches(')'));
        if model.entity(set).is_some() {
            let _infallible = write!(out, " EntitySet=\"{set}\"");
        }
        let payload = *name == "checkUserPermissions";
        let _infallible = write!(out, " m:HttpMethod=\"{method}\" sap:support-payload=\"{payload}\">");
        for (name, kind) in parameters.iter().filter_map(|parameter| parameter.split_once(':')) {
            let _infallible = write!(out, "<Parameter Name=\"{name}\" Type=\"Edm.{kind}\"></Parameter>");
        }
        out.push_str("</FunctionImport>");
    }
}

/// `SFOData.` before the names of the tenant's own types.
fn qualified(result: &str) -> String {
    match result.strip_prefix("Collection(") {
        Some(inner) => format!("Collection(SFOData.{inner}"),
        None if result.starts_with("Edm.") => result.to_owned(),
        None => format!("SFOData.{result}"),
    }
}

/// The complex types that the imports return.
pub(super) fn complex_types(out: &mut String) {
    for cells in lines("C") {
        let [name, properties @ ..] = &cells[..] else { continue };
        let _infallible = write!(out, "<ComplexType Name=\"{name}\">");
        for (name, kind) in properties.iter().filter_map(|property| property.split_once(':')) {
            let _infallible =
                write!(out, "<Property Name=\"{name}\" Type=\"Edm.{kind}\" Nullable=\"true\"></Property>");
        }
        out.push_str("</ComplexType>");
    }
}
