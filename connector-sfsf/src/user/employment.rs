//! When a person's employment begins: Employee Central knows people before `User` shows them as active
//! (reference, entities §7.4).

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use connector_core::object::{Evidence, Presence, Uid};
use connector_core::{Error, ErrorKind, Result};
use serde::Deserialize;

use super::Person;
use super::model::USER;
use super::probe::refusal;
use crate::http::Scope;
use crate::odata::query::Query;
use crate::odata::row::Row;
use crate::odata::{date, literal};
use crate::session::Session;

const EMPLOYMENT: &str = "EmpEmployment";

/// Somebody may begin on a later day, whom `User` does not show, or shows as inactive, or as active: HR writes the
/// account of a new hire before the first day, as `t`, `f`, `e` or `d` (contradictions K3). Then that is what they are.
/// Costs one request, unless the tenant said within the hour that it has no employments, or shows none.
///
/// # Errors
///
/// Those of reading. That a tenant has no employments, or does not show them, is none.
pub(crate) async fn refine(
    session: &Session,
    scope: &Scope,
    uid: &Uid,
    mut person: Person,
) -> Result<Person> {
    if !session.configuration.future_hires || !may_begin_later(&person) {
        return Ok(person);
    }
    let query = all_employments(uid);
    let (answer, begins) = match session.employments.refusal() {
        Some(refusal) => (refusal, None),
        None => match session.read(scope, &query).await {
            Ok(page) => said(&page.rows, session.now().date_naive()),
            Err(error) if is_no_answer(error.kind()) => {
                let refusal = no_answer(&error);
                // What is refused for this person alone says nothing of the next one.
                if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied) {
                    session.employments.refuse(&refusal);
                }
                (refusal, None)
            }
            Err(error) => return Err(error),
        },
    };
    person.evidence.push(Evidence { query: query.readable(), answer });
    match begins {
        Some(Begins::Later) => person.presence = Presence::FutureOnly,
        // Employees are users (reference, entities §7.4); one who is not shown is one whom we may not see.
        Some(Begins::Earlier) if person.presence == Presence::NotFound => {
            person.presence = Presence::NotPermitted;
            let answer = "there is an employment that began, so there is a user who is not shown".to_owned();
            person.evidence.push(Evidence { query: USER.to_owned(), answer });
        }
        _ => {}
    }
    Ok(person)
}

fn may_begin_later(person: &Person) -> bool {
    // External people are no employees.
    !matches!(person.letter, Some('T' | 'F'))
        && !matches!(person.presence, Presence::NotPermitted | Presence::Ambiguous)
}

/// What the tenant said, and the permission that is missing, if it is that (reference, entities §7.20).
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

/// Employments of later days only come with a range of days (reference, entities §7.4).
fn all_employments(uid: &Uid) -> Query {
    Query::set(EMPLOYMENT)
        .json()
        .option("$filter", format!("userId eq {}", literal::string(uid.as_str())))
        .option("$select", "userId,startDate")
        .option("fromDate", "1900-01-01")
        .option("toDate", "9999-12-31")
}

/// Whether a tenant answers questions for employments at all: whoever has no Employee Central, or does not show it, is
/// asked once an hour and not for every person.
#[derive(Debug, Default)]
pub(crate) struct Employments(Mutex<Option<(Instant, String)>>);

/// So long a refusal holds.
const REFUSED_FOR: Duration = Duration::from_secs(3600);

impl Employments {
    /// What the tenant said when it refused.
    fn refusal(&self) -> Option<String> {
        let refused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, said) = refused.as_ref().filter(|(when, _)| when.elapsed() < REFUSED_FOR)?;
        Some(said.clone())
    }

    fn refuse(&self, said: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), said.to_owned()));
    }

    /// Asks anew.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Begins {
    Earlier,
    Later,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Employment {
    start_date: Option<String>,
}

fn said(rows: &[Row], today: NaiveDate) -> (String, Option<Begins>) {
    let parse = |row: &Row| serde_json::from_slice::<Employment>(row).ok()?.start_date;
    let first = rows.iter().filter_map(|row| date::parse(&parse(row)?)).map(|time| time.date_naive()).min();
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
