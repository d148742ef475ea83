//! Which attributes come with an object.

use super::cases;
use crate::contract::check::{CaseResult, ensure, same, skipped};
use crate::contract::suite::Suite;
use crate::filter::Filter;
use crate::object::{AttributeInfo, AttributeName, ConnectorObject, Uid, special};
use crate::operation::SearchRequest;

cases!("attributes":
    only_those_asked_for_come_and_uid_and_name_always,
    without_asking_the_defaults_come,
    those_not_returned_by_default_come_when_asked_for,
    those_that_cannot_be_read_never_come,
);

/// The object as get and as search give it.
async fn both(
    suite: &Suite<'_>,
    uid: &Uid,
    wanted: Option<&[AttributeName]>,
) -> CaseResult<Vec<ConnectorObject>> {
    let wanted = wanted.map(<[_]>::to_vec);
    let by_uid = suite.search_request(Some(Filter::equal(special::UID, uid.as_str())));
    let request = SearchRequest { attributes_to_get: wanted.clone(), ..by_uid };
    let mut objects = suite.search(request).await?.objects;
    objects.extend(suite.get(uid, wanted).await?.object);
    same("the objects that search and get give", objects.len(), 2)?;
    Ok(objects)
}

async fn only_those_asked_for_come_and_uid_and_name_always(suite: &Suite<'_>) -> CaseResult {
    let uid = suite.create().await?.uid;
    let name = suite.object(&uid).await?.name;
    let text = suite.fixture.text_attribute();
    for wanted in [vec![], vec![text.clone()], vec![special::UID.into(), special::NAME.into(), text]] {
        for object in both(suite, &uid, Some(&wanted)).await? {
            same("the uid", &object.uid, &uid)?;
            same("the name", &object.name, &name)?;
            let extra =
                object.attributes.iter().find(|attribute| !is_wanted(suite, &wanted, &attribute.name));
            ensure(extra.is_none(), || format!("asked for {wanted:?}, got {extra:?}"))?;
        }
    }
    Ok(())
}

/// The attributes that uid and name are taken from may come with them.
fn is_wanted(suite: &Suite<'_>, wanted: &[AttributeName], name: &AttributeName) -> bool {
    let stands_for = |special, native: &Option<AttributeName>| {
        native.as_ref() == Some(name) && wanted.iter().any(|wanted| wanted.is(special))
    };
    wanted.contains(name)
        || stands_for(special::UID, &suite.manifest.uid_attribute)
        || stands_for(special::NAME, &suite.manifest.name_attribute)
}

async fn without_asking_the_defaults_come(suite: &Suite<'_>) -> CaseResult {
    let uid = suite.create().await?.uid;
    let full = suite.object(&uid).await?;
    for object in both(suite, &uid, None).await? {
        for info in suite.readable() {
            let name = info.name.as_str();
            if info.returned_by_default {
                same(name, object.values(name), full.values(name))?;
            } else {
                ensure(object.values(name).is_empty(), || format!("'{name}' came without being asked for"))?;
            }
        }
    }
    Ok(())
}

async fn those_not_returned_by_default_come_when_asked_for(suite: &Suite<'_>) -> CaseResult {
    let all = suite.everything().await?;
    let on_request = suite.readable().filter(|info| !info.returned_by_default);
    let with_value = |info: &AttributeInfo| {
        let object = all.iter().find(|object| !object.values(info.name.as_str()).is_empty())?;
        Some((info.name.clone(), object.uid.clone()))
    };
    let Some((name, uid)) = on_request.filter_map(with_value).next() else {
        return skipped("no object has a value that does not come by default");
    };
    for object in both(suite, &uid, Some(std::slice::from_ref(&name))).await? {
        ensure(!object.values(name.as_str()).is_empty(), || format!("'{name}' did not come"))?;
    }
    Ok(())
}

async fn those_that_cannot_be_read_never_come(suite: &Suite<'_>) -> CaseResult {
    let is_unreadable = |info: &&AttributeInfo| !info.readable;
    let unreadable = suite.info.attributes.iter().filter(is_unreadable).map(|info| info.name.clone());
    let wanted: Vec<_> = unreadable.collect();
    if wanted.is_empty() {
        return skipped("every attribute can be read");
    }
    let uid = suite.create().await?.uid;
    let mut objects = both(suite, &uid, Some(&wanted)).await?;
    objects.extend(both(suite, &uid, None).await?);
    let leak = objects
        .iter()
        .flat_map(|object| &object.attributes)
        .find(|attribute| wanted.contains(&attribute.name));
    ensure(leak.is_none(), || {
        format!("'{}' came", leak.map(|attribute| attribute.name.to_string()).unwrap_or_default())
    })
}
