//! The users, as everything else needs them: who they are, who may log on, and what is kept beside their rows.

use std::collections::BTreeMap;

use crate::auth::assertion::{NameKind, Subject};
use crate::odata::write::writing::Cell;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// The language of a user who has none.
const DEFAULT_LOCALE: &str = "en_US";

/// The entity of users.
pub(crate) fn entity(tenant: &Tenant) -> Option<usize> {
    tenant.model.entity("User")
}

/// A user by their userId.
pub(crate) fn find(tenant: &Tenant, user_id: &str) -> Option<(usize, Row)> {
    let users = entity(tenant)?;
    Some((users, tenant.table(users).find(user_id)?))
}

/// How many users there are.
pub(crate) fn count(tenant: &Tenant) -> usize {
    entity(tenant).map_or(0, |users| tenant.table(users).len())
}

/// How many users there are of each status that somebody has.
pub(crate) fn by_status(tenant: &Tenant) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let Some(users) = entity(tenant) else { return counts };
    for row in tenant.table(users).order() {
        *counts.entry(tenant.text(users, *row, "status").to_owned()).or_insert(0) += 1;
    }
    counts
}

/// The active user whom a login names: a userId or a username.
pub(crate) fn by_login(tenant: &Tenant, login: &str) -> Option<(Row, String)> {
    let users = entity(tenant)?;
    let table = tenant.table(users);
    let by_name = || {
        table.order().iter().copied().find(|row| {
            let name = tenant.text(users, *row, "username");
            !name.is_empty() && name == login
        })
    };
    let row = table.find(login).or_else(by_name)?;
    matches!(tenant.text(users, row, "status"), "t" | "T").then(|| (row, table.key_of(row).into_owned()))
}

/// The userId of an assertion's subject, if it may log on. A subject is a userId unless the assertion says otherwise
/// (KBA 2668018).
pub(crate) fn by_subject(tenant: &Tenant, subject: &Subject) -> Option<String> {
    let users = entity(tenant)?;
    let row = found(tenant, users, subject)?;
    let status = tenant.entity(users).status?;
    let table = tenant.table(users);
    status.is_active(&table.get(row, status.column)).then(|| table.key_of(row).into_owned())
}

fn found(tenant: &Tenant, users: usize, subject: &Subject) -> Option<Row> {
    let table = tenant.table(users);
    let by = |property| {
        let column = tenant.entity(users).property(property)?;
        let name = subject.name.as_str();
        table
            .order()
            .iter()
            .copied()
            .find(|row| table.text(*row, column).is_some_and(|(text, _)| text == name))
    };
    match subject.kind {
        // A userId that looks like an e-mail fails unless the assertion says use_email (KBA 2668018).
        NameKind::UserId if subject.name.contains('@') => None,
        NameKind::UserId => table.find(&subject.name),
        NameKind::Username => by("username"),
        NameKind::Email => by("email").or_else(|| table.find(&subject.name)),
    }
}

/// The language of the API user.
pub(super) fn locale(tenant: &Tenant) -> String {
    let found = find(tenant, tenant.rights.api_user());
    let found = found.map_or("", |(users, row)| tenant.text(users, row, "defaultLocale"));
    if found.is_empty() { DEFAULT_LOCALE.to_owned() } else { found.to_owned() }
}

/// Keeps the index of user names up to date, and what the derived entities were made of.
pub(super) fn cell_changes(tenant: &mut Tenant, cell: Cell, old: &Value<'_>, new: &Value<'_>) {
    let Cell { entity, row, index } = cell;
    if self::entity(tenant) != Some(entity) {
        return;
    }
    if tenant.entity(entity).property("username") == Some(index)
        && let Some(table) = tenant.tables[entity].get()
    {
        tenant.accounts.rename(table, index, row, old.as_text(), new.as_text());
    }
    tenant.origin.keep_cell(row, index, old);
}

/// Takes the name of a user away whose row goes.
pub(super) fn row_goes(tenant: &mut Tenant, entity: usize, row: Row) {
    if self::entity(tenant) != Some(entity) {
        return;
    }
    let Some(column) = tenant.entity(entity).property("username") else { return };
    let old = tenant.text(entity, row, "username").to_owned();
    if let Some(table) = tenant.tables[entity].get() {
        tenant.accounts.rename(table, column, row, Some(&old), None);
    }
}

/// Keeps where a navigation of a user led.
pub(super) fn links_change(tenant: &mut Tenant, navigation: Cell, old: &[Row]) {
    if entity(tenant) == Some(navigation.entity) {
        tenant.origin.keep_links(navigation.row, navigation.index, old);
    }
}
