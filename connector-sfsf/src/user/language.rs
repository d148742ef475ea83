//! The language of the API user, in which the tenant reads the labels of picklists.

use connector_core::Error;

use crate::config::{Authentication, NameId};
use crate::http::Scope;
use crate::odata::query::Query;
use crate::odata::{literal, row, upsert};
use crate::session::Session;

/// An error about a picklist, with the language that its label was read in. If the tenant does not tell it, the error
/// stays as it is.
pub(super) async fn named(session: &Session, scope: &Scope, error: Error) -> Error {
    if !upsert::is_about_a_picklist(&error) {
        return error;
    }
    match of_the_api_user(session, scope).await {
        Some(language) => {
            let advice = format!("labels count in {language}, {}", upsert::LANGUAGE_OF_LABELS);
            error.with_advice(advice)
        }
        None => error,
    }
}

async fn of_the_api_user(session: &Session, scope: &Scope) -> Option<String> {
    let Authentication::SignedAssertion(settings) = &session.configuration.authentication else {
        return None;
    };
    let property = match settings.name_id {
        NameId::UserId => "userId",
        NameId::Username => "username",
        NameId::Email => "email",
    };
    let query = Query::set("User")
        .option("$filter", format!("{property} eq {}", literal::string(&settings.username)))
        .option("$select", "defaultLocale")
        .json();
    let page = session.read(scope, &query).await.ok()?;
    let json = std::str::from_utf8(page.rows.first()?).ok()?;
    row::text_of(json, "defaultLocale").ok()?.filter(|language| !language.is_empty())
}
