//! Looks one person up by something else than the user id: the user name, or what else the tenant can
//! filter by.

use connector_core::object::{AttributeName, Evidence, Presence, Uid};
use connector_core::operation::GetOutcome;
use connector_core::{Error, ErrorKind, Filter, Result};

use super::filter::translate;
use super::model::{USER, UserModel};
use super::probe::{entitle, query, said};
use super::{Person, Plan, refine, status};
use crate::http::Scope;
use crate::odata::page::{Page, Trail};
use crate::odata::query::Query;
use crate::odata::{classify, literal};
use crate::session::Session;

/// The id of the person behind the users: someone who came back, or has two employments, has several users
/// (reference, entities §7.4). It is not a property of `User` but of what this navigation leads to.
const PERSON_ID: &str = "personIdExternal";
const PERSON_ID_PATH: &str = "personKeyNav/personIdExternal";

/// At most so many user ids are named when a question is ambiguous.
const MAX_CANDIDATES: usize = 10;

/// Looks a person up by an attribute. Several who fit are an answer too: they are named, and none is chosen.
///
/// # Errors
///
/// An attribute that the tenant cannot filter by: everybody would have to be read.
pub(crate) async fn by_attribute(
    session: &Session,
    scope: &Scope,
    model: &UserModel,
    (name, value): (&AttributeName, &Uid),
    wanted: Option<&[AttributeName]>,
) -> Result<GetOutcome> {
    let mut reduced = None;
    loop {
        let model = reduced.as_deref().unwrap_or(model);
        let question = Question::new(name, value, model)?;
        match ask(session, scope, model, &question, wanted).await {
            // The tenant lacks what its metadata list: without it, once more (reference §4.5).
            Err(error) if classify::is_unknown_property(&error) => match session.hide(model, &error).await {
                Some(less) => reduced = Some(less),
                None => return Err(explained(error)),
            },
            result => return result,
        }
    }
}

async fn ask(
    session: &Session,
    scope: &Scope,
    model: &UserModel,
    question: &Question,
    wanted: Option<&[AttributeName]>,
) -> Result<GetOutcome> {
    let plan = Plan::new(model, wanted, question.checked.as_ref())?;
    let query = query(Query::set(USER), &plan).option("$filter", question.pushed.clone());
    let mut found = Found::read(session, scope, question, &plan, &query).await?;
    let evidence = vec![Evidence { query: query.readable(), answer: found.answer() }];
    if found.people.len() > 1 {
        let candidates = found.people.into_iter().take(MAX_CANDIDATES).map(|(uid, ..)| uid).collect();
        return Ok(GetOutcome { candidates, ..GetOutcome::without_object(Presence::Ambiguous, evidence) });
    }
    let Some((uid, mut person, _)) = found.people.pop() else {
        return Ok(GetOutcome::without_object(Presence::NotFound, evidence));
    };
    if let Some(object) = &mut person.object {
        entitle(session, scope, &plan, object).await?;
    }
    let person = Person { evidence, ..person };
    Ok(refine(session, scope, &uid, person).await?.into_outcome())
}

/// What the tenant is asked, and what is checked here: it may compare texts without case.
struct Question {
    pushed: String,
    checked: Option<Filter>,
}

impl Question {
    fn new(name: &AttributeName, value: &Uid, model: &UserModel) -> Result<Self> {
        if name.is(PERSON_ID) && model.find(name).is_err() {
            let status = status::listed(&status::LETTERS);
            let pushed = format!("{status} and {PERSON_ID_PATH} eq {}", literal::string(value.as_str()));
            return Ok(Self { pushed, checked: None });
        }
        let filter = Filter::equal(name.clone(), value.as_str());
        let translation = translate(Some(&filter), model, &status::LETTERS)?;
        if translation.residual {
            let message = format!("the tenant cannot look people up by '{name}'");
            return Err(Error::new(ErrorKind::Unsupported, message)
                .with_attributes([name.clone()])
                .with_advice(
                    "`search` can, by reading everybody; `schema` says what the tenant can filter by",
                ));
        }
        // Nobody has a status that does not exist.
        let pushed = translation.pushed.unwrap_or_else(|| status::listed(&status::LETTERS));
        Ok(Self { pushed, checked: translation.filter })
    }
}

/// Who fits.
#[derive(Default)]
struct Found {
    /// Each with what their status says, in words.
    people: Vec<(Uid, Person, String)>,
}

impl Found {
    /// Reads until two are found, or everybody was seen.
    async fn read(
        session: &Session,
        scope: &Scope,
        question: &Question,
        plan: &Plan,
        query: &Query,
    ) -> Result<Self> {
        let (mut found, mut trail) = (Self::default(), Trail::default());
        let mut page = session.read(scope, query).await?;
        loop {
            trail.remember(&page)?;
            found.take(question, plan, &page)?;
            match page.next.filter(|_| found.people.len() < 2) {
                Some(link) => page = session.follow(scope, &link).await?,
                None => return Ok(found),
            }
        }
    }

    fn take(&mut self, question: &Question, plan: &Plan, page: &Page) -> Result<()> {
        for row in &page.rows {
            let record = plan.read_whole(row)?;
            if question.checked.as_ref().is_some_and(|filter| !filter.matches(&record.object)) {
                continue;
            }
            let (uid, status) = (record.object.uid.clone(), said(&record));
            self.people.push((uid, Person::of(record, plan, row), status));
        }
        Ok(())
    }

    fn answer(&self) -> String {
        let people = self.people.iter().take(MAX_CANDIDATES);
        let people: Vec<_> = people.map(|(uid, _, status)| format!("{uid}, {status}")).collect();
        match people.as_slice() {
            [] => "nobody".to_owned(),
            [one] => one.clone(),
            several => format!("{} people: {}", self.people.len(), several.join("; ")),
        }
    }
}

/// Tenants of an older build have no way from a user to the person (reference, entities §4.1).
fn explained(error: Error) -> Error {
    match classify::is_unknown_property(&error) {
        true => Error::unsupported("the tenant's users do not lead to their persons")
            .with_advice("look them up by userId or username"),
        false => error,
    }
}
