//! Codes of foundation objects.

use crate::odata::write::check::Checked;
use crate::odata::write::result::RowError;
use crate::odata::write::writing::Writing;
use crate::state::store::Value;
use crate::state::view::View;

impl Writing<'_> {
    /// Codes of foundation objects must be valid on the first day of the slice (KBA 2892425).
    pub(super) fn check_codes(&self, checked: &Checked) -> Result<(), RowError> {
        let entity = self.tenant.entity(checked.entity);
        let start = entity.dated.and_then(|(start, _)| {
            let place = entity.keys.iter().position(|key| *key == start)?;
            checked.key.split('\u{1f}').nth(place)?.parse().ok()
        });
        let Ok(view) = View::new(start.unwrap_or(self.now), None, None, None) else { return Ok(()) };
        for navigation in &entity.navigations {
            let target = self.tenant.entity(navigation.target);
            let Some([(from, to)]) = navigation.join.as_deref() else { continue };
            let value = checked.cells.iter().find(|(index, _)| index == from).map(|(_, value)| value);
            let Some(code) = value.and_then(Value::as_text).filter(|code| !code.is_empty()) else { continue };
            if !target.name.starts_with("FO") || navigation.many {
                continue;
            }
            let rows = self.tenant.table(navigation.target).equal(*to, &Value::borrowed(code));
            if !rows.iter().any(|row| view.shows(self.tenant, navigation.target, *row)) {
                let label = words(&entity.properties[*from].name);
                return Err(RowError::business(format!("{code} is an invalid external code for {label}")));
            }
        }
        Ok(())
    }
}

/// `costCenter` as `Cost Center`.
fn words(name: &str) -> String {
    let mut out = String::new();
    for (index, letter) in name.chars().enumerate() {
        if index > 0 && letter.is_uppercase() {
            out.push(' ');
        }
        if index == 0 { out.extend(letter.to_uppercase()) } else { out.push(letter) }
    }
    out
}
