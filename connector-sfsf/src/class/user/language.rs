//! The language of the API user, in which the tenant reads the labels of picklists.

use connector_core::Error;

use crate::class::call::Call;
use crate::config::{Authentication, NameId};
use crate::odata::query::Query;
use crate::odata::{literal, upsert};

/// An error about a picklist, with the language that its label was read in. If the tenant does not tell it, the error
/// stays as it is.
pub(super) async fn named(call: &Call, error: Error) -> Error {
    if !upsert::is_about_a_picklist(&error) {
        return error;
    }
    match of_the_api_user(call).await {
        Some(language) => {
            let advice = format!("labels count in {language}, {}", upsert::LANGUAGE_OF_LABELS);
            error.with_advice(advice)
        }
        None => error,
    }
}

async fn of_the_api_user(call: &Call) -> Option<String> {
    let Authentication::SignedAssertion(settings) = &call.session.configuration.authentication else {
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
    let page = call.session.read(&call.scope, &query).await.ok()?;
    page.rows.first()?.text_of("defaultLocale").filter(|language| !language.is_empty())
}
