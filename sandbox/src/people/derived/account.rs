//! `UserAccount`: one account a person, which follows the users.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::people::derived::fill::Fill;
use crate::people::derived::person::uuid;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// A person's account: a function of the users as they are now, whoever asked before.
pub(crate) struct Account<'a> {
    /// The key.
    pub(crate) name: Cow<'a, str>,
    /// The properties.
    pub(crate) cells: Vec<(&'static str, Value<'a>)>,
}

impl Account<'_> {
    /// The same, borrowing nothing.
    pub(crate) fn into_owned(self) -> Account<'static> {
        let cells = self.cells.into_iter().map(|(name, value)| (name, value.into_owned()));
        Account { name: Cow::Owned(self.name.into_owned()), cells: cells.collect() }
    }
}

/// The account of a person; `None` for who has no user. It has the name of the first user, and is active while any
/// user is (KBA 2722881); pre-hires with status `e` log on too.
pub(crate) fn account_of<'a>(tenant: &'a Tenant, person: &'a str) -> Option<Account<'a>> {
    let users = tenant.model.entity("User")?;
    let column = tenant.entity(users).property("~person")?;
    let mut rows = tenant.table(users).equal(column, &Value::borrowed(person)).to_vec();
    rows.sort_unstable();
    account(tenant, users, person, &rows)
}

fn account<'a>(tenant: &'a Tenant, users: usize, person: &'a str, rows: &[Row]) -> Option<Account<'a>> {
    let first = *rows.first()?;
    let text = |name| match tenant.text(users, first, name) {
        "" => Value::Null,
        text => Value::borrowed(text),
    };
    let name = tenant.text(users, first, "username");
    let active = rows.iter().any(|row| matches!(tenant.text(users, *row, "status"), "t" | "T" | "e"));
    let modified = rows.iter().filter_map(|row| match tenant.value(users, *row, "lastModifiedDateTime") {
        Value::Time(modified) => Some(modified),
        _ => None,
    });
    let uuid = uuid(first, tenant.origin.dice(first)).to_lowercase();
    (!name.is_empty()).then(|| Account {
        name: Cow::Borrowed(name),
        cells: vec![
            ("username", text("username")),
            ("personIdExternal", Value::borrowed(person)),
            ("email", text("email")),
            ("accountUuid", Value::Text(uuid.into())),
            ("accountId", Value::Int(i64::from(first) + 2000)),
            ("accountStatus", Value::borrowed(if active { "ACTIVE" } else { "INACTIVE" })),
            ("accountIsLocked", Value::borrowed("FALSE")),
            ("defaultLocale", text("defaultLocale")),
            ("timeZone", text("timeZone")),
            ("loginMethod", Value::borrowed("SSO")),
            ("userType", Value::borrowed("Employee")),
            ("lastModifiedDateTime", modified.max().map_or(Value::Null, Value::Time)),
        ],
    })
}

pub(super) fn accounts(fill: &mut Fill<'_>) {
    let tenant = fill.tenant;
    let Some(users) = tenant.model.entity("User") else { return };
    let mut people: HashMap<&str, Vec<Row>> = HashMap::new();
    let mut rows = tenant.table(users).order().to_vec();
    rows.sort_unstable();
    for row in rows {
        let person = tenant.text(users, row, "~person");
        if !person.is_empty() {
            people.entry(person).or_default().push(row);
        }
    }
    let mut people: Vec<(&str, Vec<Row>)> = people.into_iter().collect();
    people.sort_unstable();
    for account in people.iter().filter_map(|(person, rows)| account(tenant, users, person, rows)) {
        fill.row();
        for (name, value) in account.cells {
            let unique = matches!(name, "username" | "personIdExternal" | "email" | "accountUuid");
            match value.as_text() {
                Some(text) if unique => fill.own(name, text),
                Some(text) => fill.text(name, text),
                None => fill.set(name, value),
            }
        }
    }
}
