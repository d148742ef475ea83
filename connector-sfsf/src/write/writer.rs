//! A change from its plan to its outcome: all parts are checked before the first is sent, and they are sent one after the
//! other.

use connector_core::object::{AttributeDelta, AttributeName, Presence, Uid};
use connector_core::operation::{
    PartResult, SaveAction, SaveExplanation, SaveMode, SaveOutcome, SaveRequest,
};
use connector_core::{Effect, Error, ErrorKind, Result};

use super::changes::Changes;
use super::difference::Difference;
use super::expected::Expected;
use super::part::Part;
use super::partial::{done, partial};
use super::upsert_part::{UpsertPart, visible};
use crate::class::call::Call;
use crate::mapping::model::Model;
use crate::read::found::Found;

/// What is to become of one object.
pub(crate) struct WritePlan<'a> {
    call: &'a Call,
    uid: Uid,
    before: Found,
    /// The state afterwards.
    presence: Presence,
    changed: Vec<AttributeName>,
    unchanged: Vec<AttributeName>,
    /// What is sent, in this order.
    parts: Vec<Box<dyn Part>>,
    notices: Vec<String>,
}

impl<'a> WritePlan<'a> {
    /// Plans a save. The object is looked up first, so that none is created over an inactive one or revived by
    /// accident: it becomes active only if the request says so.
    ///
    /// # Errors
    ///
    /// Whatever the save is refused for before anything is sent.
    pub async fn of_save(call: &'a Call, request: &SaveRequest, uid: &Uid) -> Result<Self> {
        if let Some(elsewhere) = call.profile().made_elsewhere.filter(|_| request.mode == SaveMode::Create) {
            return Err(Error::unsupported(elsewhere));
        }
        let model = call.model().await?;
        let changes = Changes::read(call, &request.attributes, uid, &model)?;
        let expected = Expected::read(&request.expected, &model)?;
        let names: Vec<_> = changes.names().into_iter().chain(expected.names()).collect();
        let before = visible(call, uid, &names).await?;
        admit(call, request.mode, &before, uid)?;
        expected.hold(&before)?;
        let difference = Difference::to(call, &before, &changes)?;
        if !before.presence.exists() {
            complete(call, &difference, &model)?;
        }
        let notice = call.class.saved_notice(&before).filter(|_| changes.state.is_none());
        Self::new(call, uid.clone(), before, difference, notice).await
    }

    /// Plans changes to an object that has to be there.
    ///
    /// # Errors
    ///
    /// As [`WritePlan::of_save`].
    pub async fn of_change(call: &'a Call, delta: AttributeDelta, uid: &Uid) -> Result<Self> {
        let model = call.model().await?;
        let changes = Changes::read(call, &[delta], uid, &model)?;
        let before = visible(call, uid, &[]).await?;
        if !before.presence.exists() {
            return Err(call.not_found(uid));
        }
        let difference = Difference::to(call, &before, &changes)?;
        Self::new(call, uid.clone(), before, difference, None).await
    }

    async fn new(
        call: &'a Call,
        uid: Uid,
        before: Found,
        difference: Difference,
        notice: Option<String>,
    ) -> Result<Self> {
        let presence = difference.state.map_or(before.presence, |state| state.presence);
        let (changed, unchanged) = (difference.changed.clone(), difference.unchanged.clone());
        let mut parts: Vec<Box<dyn Part>> = Vec::new();
        for values in &difference.values {
            parts.extend(call.class.parts(&uid, values)?);
        }
        if !difference.properties.is_empty() || !before.presence.exists() {
            parts.insert(0, Box::new(UpsertPart { uid: uid.clone(), difference }));
        }
        for part in &mut parts {
            part.check(call).await?;
        }
        let notices = notice.into_iter().collect();
        Ok(Self { call, uid, before, presence, changed, unchanged, parts, notices })
    }

    /// Sends what is planned, and says what became of it.
    ///
    /// # Errors
    ///
    /// The tenant's. Once something was written, a failure is a partial one.
    pub async fn write(self) -> Result<SaveOutcome> {
        let (mut results, mut notices) = (Vec::<PartResult>::new(), Vec::new());
        for part in &self.parts {
            let was_written = self.call.scope.written.so_far() == Effect::Applied;
            let sent =
                part.send(self.call).await.map_err(|error| match was_written && !results.is_empty() {
                    true => partial(&error, &done(&results)).with_attributes(part.attributes()),
                    false => error,
                })?;
            results.push(sent.result);
            notices.extend(sent.notices);
        }
        notices.extend(self.notices.iter().cloned());
        Ok(SaveOutcome {
            uid: self.uid.clone(),
            action: self.action(),
            presence_before: self.before.presence,
            presence: self.presence,
            changed: self.changed,
            unchanged: self.unchanged,
            parts: results,
            notices,
        })
    }

    /// What would be sent. Nothing is.
    ///
    /// # Errors
    ///
    /// What cannot be sent.
    pub fn explain(self) -> Result<SaveExplanation> {
        let mut records = Vec::new();
        for part in &self.parts {
            records.extend(part.planned(self.call)?);
        }
        Ok(SaveExplanation {
            uid: Some(self.uid.clone()),
            presence: self.before.presence,
            action: self.action(),
            changed: self.changed,
            unchanged: self.unchanged,
            records,
            notices: self.notices,
        })
    }

    fn action(&self) -> SaveAction {
        match (self.before.presence, self.presence) {
            _ if self.parts.is_empty() => SaveAction::Unchanged,
            (before, _) if !before.exists() => SaveAction::Created,
            (before, after) if before.is_inactive() && after.is_active() => SaveAction::Revived,
            (before, after) if before.is_active() && after.is_inactive() => SaveAction::Suspended,
            _ => SaveAction::Updated,
        }
    }
}

fn admit(call: &Call, mode: SaveMode, before: &Found, uid: &Uid) -> Result<()> {
    match (mode, before.presence) {
        (SaveMode::Update, Presence::NotFound) => Err(call.not_found(uid)),
        (_, Presence::NotFound) if call.profile().made_elsewhere.is_some() => Err(call.not_found(uid)),
        (SaveMode::Create, presence) if presence.exists() => {
            let class = call.object_class();
            let message = format!("there is a {class} with uid '{uid}' already, {presence}");
            Err(Error::new(ErrorKind::AlreadyExists, message))
        }
        _ => Ok(()),
    }
}

/// What the tenant's metadata require of a new object. It may require more, and says so itself (KBA 3307746).
fn complete(call: &Call, difference: &Difference, model: &Model) -> Result<()> {
    let required = model.attributes().iter().map(|mapped| &mapped.info).filter(|info| info.required);
    let key = call.profile().key.property;
    let missing: Vec<_> = required
        .filter(|info| !info.name.is(key) && !difference.gives(info.name.as_str()))
        .map(|info| info.name.clone())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list: Vec<_> = missing.iter().map(ToString::to_string).collect();
    let message = format!("a new {} needs {}", call.profile().words.one, list.join(", "));
    Err(Error::new(ErrorKind::InvalidAttribute, message).with_attributes(missing))
}
