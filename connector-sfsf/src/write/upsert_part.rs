//! A record that is upserted: only what differs, and never blindly twice.

use std::collections::BTreeMap;

use async_trait::async_trait;
use bytes::Bytes;
use connector_core::object::{AttributeName, Presence, Uid};
use connector_core::operation::{PartResult, PlannedRecord};
use connector_core::{Effect, Error, ErrorKind, Result};
use serde_json::{Map, Value as Json, json};

use super::difference::Difference;
use super::part::{Part, Sent};
use super::partial::unchecked;
use crate::class::call::Call;
use crate::odata::upsert::{UpsertRequest, UpsertResult};
use crate::read::find::find;
use crate::read::found::Found;

/// What stands where a secret would, for whoever only wants to know what would be sent.
const REDACTED: &str = "[redacted]";

/// The properties of one object.
pub(super) struct UpsertPart {
    pub uid: Uid,
    pub difference: Difference,
}

#[async_trait]
impl Part for UpsertPart {
    async fn check(&mut self, _call: &Call) -> Result<()> {
        Ok(())
    }

    fn planned(&self, call: &Call) -> Result<Vec<PlannedRecord>> {
        let mut properties = self.difference.properties.clone();
        for name in &self.difference.secrets {
            properties.insert(name.clone(), Json::from(REDACTED));
        }
        Ok(vec![PlannedRecord {
            entity: call.profile().entity.to_owned(),
            key: self.key(call),
            effective_date: None,
            method: "POST".to_owned(),
            path: format!("/odata/v2/{}", call.session.upsert_query().encoded()),
            body: self.body(call, &properties),
            redacted: self.difference.secrets.clone(),
            attributes: self.attributes(),
        }])
    }

    async fn send(&self, call: &Call) -> Result<Sent> {
        let mut notices = Vec::new();
        let row = match self.send_once(call).await {
            Err(error) if error.effect() == Effect::Unknown => {
                let (row, became) = self.settle(call, error).await?;
                notices.push(format!("the tenant's answer was lost; reading back showed that {became}"));
                row
            }
            result => Some(result?),
        };
        let cleared = self.difference.cleared();
        if !cleared.is_empty() {
            notices.extend(self.verify(call, cleared).await?);
        }
        if row.as_ref().is_some_and(UpsertResult::is_unchanged) {
            notices.push("the tenant says that there was nothing new to write".to_owned());
        }
        let unsaid = || PartResult {
            entity: call.profile().entity.to_owned(),
            key: BTreeMap::new(),
            effect: Effect::Applied,
            attributes: Vec::new(),
            status: String::new(),
            code: None,
            message: None,
        };
        let result = row.map_or_else(unsaid, |row| row.part(call.profile().entity));
        let result = PartResult { key: self.key(call), attributes: self.attributes(), ..result };
        Ok(Sent { result, notices })
    }

    fn attributes(&self) -> Vec<AttributeName> {
        let values: Vec<_> = self.difference.values.iter().map(|values| &values.attribute).collect();
        let changed = self.difference.changed.iter();
        changed.filter(|name| !values.contains(name)).cloned().collect()
    }
}

impl UpsertPart {
    fn key(&self, call: &Call) -> BTreeMap<String, String> {
        BTreeMap::from([(call.profile().key.property.to_owned(), self.uid.to_string())])
    }

    /// What goes to the tenant. The key stands among the properties, so that its quoting within an address is nobody's
    /// concern.
    fn body(&self, call: &Call, properties: &Map<String, Json>) -> String {
        let profile = call.profile();
        let kind = format!("SFOData.{}", profile.entity);
        let mut record = json!({"__metadata": {"uri": profile.entity, "type": kind}});
        record[profile.key.property] = Json::from(self.uid.as_str());
        for (key, value) in properties {
            record[key] = value.clone();
        }
        record.to_string()
    }

    async fn send_once(&self, call: &Call) -> Result<UpsertResult> {
        let properties: Vec<String> = self.difference.properties.keys().cloned().collect();
        let body = Bytes::from(self.body(call, &self.difference.properties));
        let subject = UpsertRequest { properties: &properties, refusals: call.class.refusals() };
        match call.session.upsert(&call.scope, body, subject).await {
            Ok(row) => Ok(row),
            Err(error) => Err(call.class.told(call, error).await),
        }
    }

    /// After a lost answer: read back, compare, decide (docs/successfactors.md#a-lost-answer). The same values may be
    /// written again, since an upsert of them changes nothing the second time; a password may not, for nobody can see
    /// whether it was set. A write may be made late: if the second one fails, it is looked for once more.
    async fn settle(&self, call: &Call, lost: Error) -> Result<(Option<UpsertResult>, &'static str)> {
        if !self.difference.secrets.is_empty() {
            return Err(lost.with_advice("the password may or may not have been set; set it again"));
        }
        match self.is_made(call).await {
            Ok(true) => return Ok((None, "the change had been made")),
            Ok(false) => {}
            Err(_) => return Err(lost),
        }
        match self.send_once(call).await {
            Ok(row) => Ok((Some(row), "the change had not been made, and it was sent again")),
            Err(error) => match self.is_made(call).await {
                Ok(true) => Ok((None, "the change was made late")),
                _ => Err(error),
            },
        }
    }

    /// Whether the object is as it is wanted to be.
    async fn is_made(&self, call: &Call) -> Result<bool> {
        let names: Vec<_> = self.difference.expected.iter().map(|(name, _)| name.clone()).collect();
        let is_made = self.difference.shows_in(&visible(call, &self.uid, &names).await?);
        if is_made {
            call.scope.written.note(Effect::Applied);
        }
        Ok(is_made)
    }

    /// Some tenants ignore a null (docs/successfactors.md#clearing-values), so a cleared attribute is looked at again.
    async fn verify(&self, call: &Call, names: Vec<AttributeName>) -> Result<Option<String>> {
        let found = visible(call, &self.uid, &names).await.map_err(|error| {
            let what =
                format!("the change was made, but whether {} is empty now is not known", listed(&names));
            unchecked(&error, &what).with_attributes(names.clone())
        })?;
        let hidden = names.iter().filter(|name| found.known(name).is_none()).map(AttributeName::as_str);
        let hidden: Vec<_> = hidden.collect();
        let notice = (!hidden.is_empty()).then(|| {
            format!("the tenant does not show {}, so nobody knows whether it was cleared", hidden.join(", "))
        });
        let kept = |name: &AttributeName| found.known(name).is_some_and(|values| !values.is_empty());
        let kept: Vec<_> = names.into_iter().filter(kept).collect();
        if kept.is_empty() {
            return Ok(notice);
        }
        let message = format!("the tenant took the change but did not clear {}", listed(&kept));
        Err(Error::new(ErrorKind::InvalidAttribute, message)
            .with_effect(Effect::Applied)
            .with_attributes(kept)
            .with_advice("write a value that means \"none\" to your tenant"))
    }
}

/// Looks an object up that is to be written, with the attributes that the changes are about.
///
/// # Errors
///
/// Those of reading; what the API user may not see is not written to.
pub(super) async fn visible(call: &Call, uid: &Uid, wanted: &[AttributeName]) -> Result<Found> {
    let found = find(call, uid, Some(wanted), None).await?;
    if found.presence == Presence::NotPermitted {
        let message = format!("there is such a {}, whom the API user may not see", call.profile().words.one);
        return Err(Error::new(ErrorKind::PermissionDenied, message)
            .with_advice("put them into the target population of the API user's role (KBA 3589982)"));
    }
    Ok(found)
}

fn listed(names: &[AttributeName]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
