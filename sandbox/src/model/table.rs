//! Reads the tables in `data/` and cuts them to a tenant's profile.

use crate::error::StartError;
use crate::model::{EdmType, Entity, Flags, Model, Navigation, Property};
use crate::options::{BaseProfile, Profile};

/// One table per entity. A new entity is a new file and a line here.
const TABLES: &[&str] = &[include_str!("../../data/User.tsv")];

/// A navigation whose target is still a name.
struct Draft {
    entity: Entity,
    key: String,
    targets: Vec<String>,
}

/// The model of a tenant with the given profile.
///
/// # Errors
///
/// A profile that names an unknown property, or a damaged table.
pub(crate) fn load(profile: &Profile) -> Result<Model, StartError> {
    let drafts: Vec<Draft> = TABLES.iter().map(|text| read(text)).collect::<Result<_, _>>()?;
    let mut model = link(drafts)?;
    for name in profile.with.iter().chain(&profile.without) {
        if model.entities.iter().all(|entity| entity.property(name).is_none()) {
            let reason = format!("no entity has a property {name}");
            return Err(StartError::Option { option: "profile", reason });
        }
    }
    for (entity, text) in model.entities.iter_mut().zip(TABLES) {
        cut(entity, text, profile)?;
    }
    Ok(model)
}

fn damaged(line: &str) -> StartError {
    StartError::Model(format!("line {line:?}"))
}

fn read(text: &str) -> Result<Draft, StartError> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let head = lines.next().ok_or_else(|| damaged(""))?;
    let cells: Vec<&str> = head.split('\t').collect();
    let ["E", name, key, flag_letters] = cells[..] else { return Err(damaged(head)) };
    let entity = Entity {
        name: name.to_owned(),
        key: 0,
        flags: flags(flag_letters),
        properties: Vec::new(),
        navigations: Vec::new(),
    };
    let mut draft = Draft { entity, key: key.to_owned(), targets: Vec::new() };
    for line in lines {
        read_line(&mut draft, line).ok_or_else(|| damaged(line))?;
    }
    Ok(draft)
}

fn read_line(draft: &mut Draft, line: &str) -> Option<()> {
    let cells: Vec<&str> = line.split('\t').collect();
    match cells[..] {
        ["P", name, kind, null, max, letters, picklist, _] => draft.entity.properties.push(Property {
            name: name.to_owned(),
            kind: EdmType::parse(kind)?,
            nullable: null == "null",
            max_length: if max == "-" { None } else { Some(max.parse().ok()?) },
            flags: flags(letters),
            picklist: (picklist != "-").then(|| picklist.to_owned()),
        }),
        ["N", name, number, target, association, from, to, letters] => {
            draft.targets.push(target.to_owned());
            draft.entity.navigations.push(Navigation {
                name: name.to_owned(),
                many: number == "many",
                target: 0,
                association: association.to_owned(),
                from_role: from.to_owned(),
                to_role: to.to_owned(),
                flags: flags(letters),
                inverse_of: None,
            });
        }
        _ => return None,
    }
    Some(())
}

fn flags(letters: &str) -> Flags {
    let has = |letter| letters.contains(letter);
    Flags {
        creatable: has('C'),
        updatable: has('U'),
        upsertable: has('P'),
        deletable: has('X'),
        visible: has('V'),
        sortable: has('S'),
        filterable: has('F'),
        required: has('R'),
        date: has('D'),
        sensitive: has('!'),
    }
}

fn link(drafts: Vec<Draft>) -> Result<Model, StartError> {
    let names: Vec<String> = drafts.iter().map(|draft| draft.entity.name.clone()).collect();
    let mut entities = Vec::new();
    for Draft { mut entity, key, targets } in drafts {
        entity.key = entity.property(&key).ok_or_else(|| damaged(&key))?;
        for (navigation, target) in entity.navigations.iter_mut().zip(&targets) {
            navigation.target =
                names.iter().position(|name| name == target).ok_or_else(|| damaged(target))?;
        }
        mark_inverses(&mut entity.navigations);
        entities.push(entity);
    }
    Ok(Model { entities })
}

/// The writable side of an association is stored; the other is it, read backwards.
fn mark_inverses(navigations: &mut [Navigation]) {
    let forward: Vec<(usize, String)> = navigations
        .iter()
        .enumerate()
        .filter(|(_, navigation)| navigation.flags.upsertable)
        .map(|(index, navigation)| (index, navigation.association.clone()))
        .collect();
    for navigation in navigations.iter_mut().filter(|navigation| !navigation.flags.upsertable) {
        navigation.inverse_of = forward
            .iter()
            .find(|(_, association)| *association == navigation.association)
            .map(|(index, _)| *index);
    }
}

fn cut(entity: &mut Entity, text: &str, profile: &Profile) -> Result<(), StartError> {
    let key = entity.properties[entity.key].name.clone();
    let marks: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("P\t"))
        .filter_map(|line| line.rsplit('\t').next())
        .collect();
    let mut marks = marks.into_iter();
    entity.properties.retain(|property| {
        let mark = marks.next().unwrap_or_default();
        property.name == key || exists(&property.name, mark, profile)
    });
    entity.key = entity.property(&key).ok_or_else(|| damaged(&key))?;
    Ok(())
}

fn exists(name: &str, mark: &str, profile: &Profile) -> bool {
    let base = match profile.base {
        BaseProfile::Ten20 => mark == "T",
        BaseProfile::Hub => mark != "C",
    };
    let named = |list: &[String]| list.iter().any(|entry| entry == name);
    (base || named(&profile.with)) && !named(&profile.without)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(profile: &Profile) -> Entity {
        load(profile).unwrap().entities.remove(0)
    }

    /// Entity sheet §4: 138 properties on the Hub, 58 of them missing on TEN20.
    #[test]
    fn profiles_have_their_documented_sizes() {
        assert_eq!(user(&Profile { base: BaseProfile::Hub, ..Profile::default() }).properties.len(), 138);
        assert_eq!(user(&Profile::default()).properties.len(), 80);
    }

    /// Entity sheet §4.1: `jobTitle` and `companyExitDate` exist only where a tenant has them.
    #[test]
    fn profile_switches_add_and_remove() {
        let entity = user(&Profile {
            with: vec!["jobTitle".into(), "companyExitDate".into()],
            without: vec!["custom15".into(), "userId".into()],
            ..Profile::default()
        });
        assert!(entity.property("jobTitle").is_some() && entity.property("companyExitDate").is_some());
        assert!(entity.property("custom15").is_none());
        assert_eq!(entity.properties[entity.key].name, "userId");
    }

    #[test]
    fn unknown_profile_property_stops_the_start() {
        let profile = Profile { with: vec!["noSuch".into()], ..Profile::default() };
        assert!(matches!(load(&profile), Err(StartError::Option { .. })));
    }

    #[test]
    fn reports_are_the_inverse_of_managers() {
        let entity = user(&Profile::default());
        let reports = &entity.navigations[entity.navigation("directReports").unwrap()];
        assert_eq!(reports.inverse_of, entity.navigation("manager"));
    }
}
