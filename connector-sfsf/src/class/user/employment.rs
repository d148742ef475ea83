//! When a person's employment begins: Employee Central knows people before `User` shows them as active
//! (docs/successfactors.md#future-hires).

use chrono::NaiveDate;
use connector_core::object::{Evidence, Presence, Uid};
use connector_core::{Error, ErrorKind, Result};

use super::profile::PROFILE;
use crate::class::call::Call;
use crate::class::state::State;
use crate::odata::query::Query;
use crate::odata::row::Row;
use crate::odata::{date, literal};
use crate::read::find::refusal;
use crate::read::found::Found;

const EMPLOYMENT: &str = "EmpEmployment";

/// Somebody may begin on a later day, whom `User` does not show, or shows as inactive, or as active: HR writes the
/// account of a new hire before the first day, as `t`, `f`, `e` or `d` (contradictions K3). Then that is what they are.
/// Costs one request, unless the tenant said within the hour that it has no employments, or shows none.
///
/// # Errors
///
/// Those of reading. That a tenant has no employments, or does not show them, is none.
pub(super) async fn refine(call: &Call, uid: &Uid, mut person: Found) -> Result<Found> {
    let session = &call.session;
    if !session.configuration.future_hires || !may_begin_later(&person) {
        return Ok(person);
    }
    let query = all_employments(uid);
    let (answer, begins) = match session.refusals.known(EMPLOYMENT).await {
        // A tenant that has no employments, or does not show them, is asked once an hour and not for every person.
        Some(refusal) => (refusal, None),
        None => match session.read(&call.scope, &query).await {
            Ok(page) => said(&page.rows, session.now().date_naive()),
            Err(error) if is_no_answer(error.kind()) => {
                let refusal = no_answer(&error);
                // What is refused for this person alone says nothing of the next one.
                if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied) {
                    session.refusals.put(EMPLOYMENT, refusal.clone()).await;
                }
                (refusal, None)
            }
            Err(error) => return Err(error),
        },
    };
    person.evidence.push(Evidence { query: query.readable(), answer });
    match begins {
        Some(Begins::Later) => person.presence = Presence::FutureOnly,
        // Employees are users (docs/successfactors.md#employments); one who is not shown is one whom we may not see.
        Some(Begins::Earlier) if person.presence == Presence::NotFound => {
            person.presence = Presence::NotPermitted;
            let answer = "there is an employment that began, so there is a user who is not shown".to_owned();
            person.evidence.push(Evidence { query: PROFILE.entity.to_owned(), answer });
        }
        _ => {}
    }
    Ok(person)
}

fn may_begin_later(person: &Found) -> bool {
    // External people are no employees.
    let is_external = matches!(person.state, State::Known(state) if state.kind == "external");
    !is_external && !matches!(person.presence, Presence::NotPermitted | Presence::Ambiguous)
}

/// What the tenant said, and the permission that is missing, if it is that
/// (docs/successfactors.md#permissions-of-the-api-user).
fn no_answer(error: &Error) -> String {
    let missing = match error.kind() {
        ErrorKind::PermissionDenied => {
            "; to know, grant Employee Central API > Employee Central HRIS OData API"
        }
        _ => "",
    };
    format!("{}{missing}", refusal(error))
}

/// Without Employee Central there is no such entity; without permission it is refused.
fn is_no_answer(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Unsupported
            | ErrorKind::PermissionDenied
            | ErrorKind::InvalidRequest
            | ErrorKind::InvalidAttribute
            | ErrorKind::NotFound
    )
}

/// Employments of later days only come with a range of days (docs/successfactors.md#future-hires).
fn all_employments(uid: &Uid) -> Query {
    Query::set(EMPLOYMENT)
        .json()
        .option("$filter", format!("userId eq {}", literal::string(uid.as_str())))
        .option("$select", "userId,startDate")
        .option("fromDate", "1900-01-01")
        .option("toDate", "9999-12-31")
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Begins {
    Earlier,
    Later,
}

fn said(rows: &[Row], today: NaiveDate) -> (String, Option<Begins>) {
    let days = rows.iter().filter_map(|row| date::parse(&row.text_of("startDate")?));
    let first = days.map(|time| time.date_naive()).min();
    match first {
        None => ("no employment".to_owned(), None),
        Some(day) if day > today => (format!("an employment that begins on {day}"), Some(Begins::Later)),
        Some(day) => (format!("an employment that began on {day}"), Some(Begins::Earlier)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &[&str], expected: (&str, Option<Begins>)) {
        let rows = crate::odata::row::rows(rows);
        let (answer, begins) = said(&rows, NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
        assert_eq!((answer.as_str(), begins), expected);
    }

    #[test]
    fn the_first_day_of_all_employments_decides() {
        let (past, future) =
            (r#"{"startDate":"/Date(1583150400000)/"}"#, r#"{"startDate":"/Date(1798761600000)/"}"#);
        check(&[], ("no employment", None));
        check(&[r#"{"startDate":null}"#], ("no employment", None));
        check(&[future], ("an employment that begins on 2027-01-01", Some(Begins::Later)));
        check(&[future, past], ("an employment that began on 2020-03-02", Some(Begins::Earlier)));
    }
}
