//! `save`: create a person or change one.

use connector_core::object::{Change, ObjectClass, Presence, Uid};
use connector_core::operation::{SaveMode, SaveOutcome, SaveRequest};
use connector_core::{Error, ErrorKind, Result};

use crate::http::Scope;
use crate::session::Session;
use crate::user::write::{Difference, Writer};
use crate::user::{Changes, Person, USER, UserModel};

/// Makes a person be as described. May be repeated: what is so already is not written again.
///
/// The person is looked up first, so that nobody is created over an inactive person or revived by
/// accident: an inactive person becomes active only if the request says so.
pub(crate) async fn save(
    session: &Session,
    scope: &Scope,
    request: &SaveRequest,
    uid: &Uid,
) -> Result<SaveOutcome> {
    let model = session.model(scope).await?;
    let changes = Changes::read(&request.attributes, uid, &model)?;
    let writer = Writer { session, scope, model: &model, uid };
    let person = writer.find(&changes.names()).await?;
    admit(request.mode, &person, uid)?;
    let difference = Difference::to(&person, &changes)?;
    if !person.presence.exists() {
        complete(&difference, &model)?;
    }
    let mut outcome = if person.presence.exists() && difference.is_empty() {
        SaveOutcome::unchanged(uid.clone(), person.presence, difference.unchanged().to_vec())
    } else {
        writer.write(&person, difference).await?
    };
    if changes.status.is_none() {
        outcome.notices.extend(still_inactive(&person));
    }
    Ok(outcome)
}

/// The uid of a request, or its `userId`.
///
/// # Errors
///
/// A request with neither; a `userId` that names nobody.
pub(crate) fn uid_of(request: &SaveRequest) -> Result<Uid> {
    if let Some(uid) = &request.uid {
        return Ok(uid.clone());
    }
    let given = request.attributes.iter().find(|delta| delta.name.is("userId") || delta.name.is("__UID__"));
    match given.map(|delta| &delta.change) {
        Some(Change::Replace(values)) if values.len() == 1 => {
            let uid = Uid::new(values.first().map(ToString::to_string).unwrap_or_default());
            uid.check().map(|()| uid)
        }
        _ => Err(Error::invalid_attribute("userId", "a person needs a userId")),
    }
}

fn admit(mode: SaveMode, person: &Person, uid: &Uid) -> Result<()> {
    let class = ObjectClass::from(USER);
    match (mode, person.presence) {
        (SaveMode::Update, Presence::NotFound) => Err(Error::not_found(&class, uid)),
        (SaveMode::Create, presence) if presence.exists() => {
            let message = format!("there is a {class} with uid '{uid}' already, {presence}");
            Err(Error::new(ErrorKind::AlreadyExists, message))
        }
        _ => Ok(()),
    }
}

/// What the tenant's metadata require of a new person. It may require more, and says so itself (KBA 3307746).
fn complete(difference: &Difference, model: &UserModel) -> Result<()> {
    let required = model.attributes().iter().map(|mapped| &mapped.info).filter(|info| info.required);
    let missing: Vec<_> = required
        .filter(|info| !info.name.is("userId") && !difference.gives(info.name.as_str()))
        .map(|info| info.name.clone())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list: Vec<_> = missing.iter().map(ToString::to_string).collect();
    let message = format!("a new person needs {}", list.join(", "));
    Err(Error::new(ErrorKind::InvalidAttribute, message).with_attributes(missing))
}

fn still_inactive(person: &Person) -> Option<String> {
    person.presence.is_inactive().then(|| {
        "this person exists and is inactive, and stays so; to revive them, save status t or __ENABLE__ true"
            .to_owned()
    })
}
