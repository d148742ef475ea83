//! Names in several languages: `name_localized` is the name in the language of the API user (KBA 2857750).

use crate::odata::write::check::Checked;
use crate::odata::write::writing::Writing;
use crate::state::model::Entity;
use crate::state::store::{Row, Value};

impl Writing<'_> {
    /// What follows from the texts of a record in one language: what is written as `name_localized` is the name, its
    /// default and the text in the API user's language, where the record does not say those itself. A text in another
    /// language changes that one alone.
    pub(crate) fn translate(&mut self, checked: &Checked, row: Row) {
        let locale = self.habits.locale(self.tenant);
        for (column, value) in &checked.cells {
            let entity = self.tenant.entity(checked.entity);
            let name = entity.properties[*column].name.as_str();
            let followers = match name.rsplit_once("_localized") {
                Some((base, "")) => {
                    vec![base.to_owned(), format!("{base}_defaultValue"), format!("{base}_{locale}")]
                }
                _ => shown_as(entity, name, &locale).into_iter().collect(),
            };
            let sent = |column: &usize| checked.cells.iter().any(|(sent, _)| sent == column);
            let followers: Vec<usize> = followers
                .iter()
                .filter_map(|name| self.column(checked.entity, name))
                .filter(|column| !sent(column))
                .collect();
            for follower in followers {
                self.follow_text(checked.entity, row, follower, value);
            }
        }
    }

    fn follow_text(&mut self, entity: usize, row: Row, column: usize, value: &Value<'static>) {
        if *value != Value::Null || self.switches.null_clears {
            self.set(entity, row, column, value.clone());
        }
    }
}

/// What a text in the API user's language is shown as: `name_localized` for `name_en_US`.
fn shown_as(entity: &Entity, name: &str, locale: &str) -> Option<String> {
    let localized = format!("{}localized", name.strip_suffix(locale)?);
    entity.property(&localized).map(|_| localized)
}
