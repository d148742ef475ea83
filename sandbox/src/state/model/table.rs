//! Reads the tables in `data/` and cuts them to a tenant's profile.

use crate::error::StartError;
use crate::options::{BaseProfile, Profile};
use crate::state::model::{EdmType, Entity, Flags, Join, Model, Navigation, Property, Traits};

/// A navigation whose target is still a name.
struct Draft {
    entity: Entity,
    /// The names of the keys, of the sort order, of the dates: they are bound when the profile is cut.
    names: [String; 3],
    /// The target and the join of each navigation, and its mark.
    ends: Vec<[String; 3]>,
}

/// The model of a tenant with the given profile, from the tables of its entities. The properties of the first one may
/// be named alone.
///
/// # Errors
///
/// A profile that names an unknown property, or a damaged table.
pub(crate) fn load(tables: &[&str], profile: &Profile) -> Result<Model, StartError> {
    let mut drafts: Vec<Draft> =
        tables.iter().map(|text| read(text, profile.base)).collect::<Result<_, _>>()?;
    let first = drafts.first().map(|draft| draft.entity.name.clone()).unwrap_or_default();
    let named = [&profile.with, &profile.without, &profile.required, &profile.optional];
    for name in named.into_iter().flatten() {
        let (entity, property) = name.split_once('/').unwrap_or((&first, name));
        let knows = |draft: &Draft| draft.entity.name == entity && draft.entity.property(property).is_some();
        if !drafts.iter().any(knows) {
            let reason = format!("no entity has a property {name}");
            return Err(StartError::Option { option: "profile", reason });
        }
    }
    let named = Named { profile, first: &first };
    for (draft, text) in drafts.iter_mut().zip(tables) {
        cut(draft, text, &named)?;
    }
    link(drafts)
}

fn damaged(line: &str) -> StartError {
    StartError::Model(format!("line {line:?}"))
}

fn read(text: &str, base: BaseProfile) -> Result<Draft, StartError> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let head = lines.next().ok_or_else(|| damaged(""))?;
    let cells: Vec<&str> = head.split('\t').collect();
    let ["E", name, keys, flag_letters, order, dates, traits] = cells[..] else { return Err(damaged(head)) };
    let entity = Entity {
        name: name.to_owned(),
        traits: peculiar(traits).ok_or_else(|| damaged(head))?,
        flags: flags(flag_letters),
        ..Entity::default()
    };
    let mut draft = Draft { entity, names: [keys, order, dates].map(str::to_owned), ends: Vec::new() };
    for line in lines {
        read_line(&mut draft, line, base).ok_or_else(|| damaged(line))?;
    }
    Ok(draft)
}

/// The words of the last cell of a table's first line.
fn peculiar(words: &str) -> Option<Traits> {
    let mut traits = Traits::default();
    for word in words.split(',').filter(|word| *word != "-") {
        match word.split_once(':').unwrap_or((word, "")) {
            ("unsorted", "") => traits.unsorted = true,
            ("unordered", "") => traits.unordered = true,
            ("numbered", prefix) => traits.numbered = Some(prefix.to_owned()),
            ("lenient", "") => traits.lenient = true,
            ("replaced", "") => traits.replaced = true,
            ("part", "") => traits.part = true,
            ("no-workflow", "") => traits.no_workflow = true,
            ("depth", depth) => traits.depth = Some(depth.parse().ok()?),
            _ => return None,
        }
    }
    Some(traits)
}

fn read_line(draft: &mut Draft, line: &str, base: BaseProfile) -> Option<()> {
    let cells: Vec<&str> = line.split('\t').map(|cell| chosen(cell, base)).collect();
    match cells[..] {
        ["P", name, kind, null, max, letters, picklist, _] => draft.entity.properties.push(Property {
            name: name.to_owned(),
            kind: EdmType::parse(kind)?,
            nullable: null == "null",
            max_length: if max == "-" { None } else { Some(max.parse().ok()?) },
            flags: flags(letters),
            picklist: (picklist != "-").then(|| picklist.to_owned()),
        }),
        ["N", name, number, target, association, from, to, letters, ref rest @ ..] => {
            let [join, mark] = [rest.first(), rest.get(1)].map(|cell| cell.copied().unwrap_or("-"));
            draft.ends.push([target, join, mark].map(str::to_owned));
            draft.entity.navigations.push(Navigation {
                name: name.to_owned(),
                many: number == "many",
                target: 0,
                association: association.to_owned(),
                from_role: from.to_owned(),
                to_role: to.to_owned(),
                flags: flags(letters),
                inverse_of: None,
                join: None,
            });
        }
        _ => return None,
    }
    Some(())
}

/// A cell with a slash has what the Hub says before it, and what live tenants have behind it.
fn chosen(cell: &str, base: BaseProfile) -> &str {
    match (cell.split_once('/'), base) {
        (None, _) => cell,
        (Some((hub, _)), BaseProfile::Hub) => hub,
        (Some((_, live)), BaseProfile::Ten20) => live,
    }
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
        inline_optional: has('I'),
        quiet: has('Q'),
    }
}

fn link(drafts: Vec<Draft>) -> Result<Model, StartError> {
    let shapes: Vec<Entity> = drafts.iter().map(|draft| draft.entity.clone()).collect();
    let mut entities = Vec::new();
    for Draft { mut entity, ends, .. } in drafts {
        for (index, [target, join, _]) in ends.iter().enumerate() {
            let place =
                shapes.iter().position(|shape| shape.name == *target).ok_or_else(|| damaged(target))?;
            entity.navigations[index].target = place;
            entity.navigations[index].join = bind(&entity, &shapes[place], join)?;
        }
        mark_inverses(&mut entity.navigations);
        entities.push(entity);
    }
    Ok(Model { entities })
}

/// The columns of `from=to,from=to`.
fn bind(from: &Entity, to: &Entity, join: &str) -> Result<Option<Join>, StartError> {
    if join == "-" {
        return Ok(None);
    }
    let pair = |pair: &str| {
        let (left, right) = pair.split_once('=')?;
        Some((from.property(left)?, to.property(right)?))
    };
    let pairs: Option<Join> = join.split(',').map(pair).collect();
    pairs.map(Some).ok_or_else(|| damaged(join))
}

/// The writable side of an association is stored; the other is it, read backwards.
fn mark_inverses(navigations: &mut [Navigation]) {
    let forward: Vec<(usize, String)> = navigations
        .iter()
        .enumerate()
        .filter(|(_, navigation)| navigation.flags.upsertable && navigation.join.is_none())
        .map(|(index, navigation)| (index, navigation.association.clone()))
        .collect();
    let backward = |one: &&mut Navigation| !one.flags.upsertable && one.join.is_none();
    for navigation in navigations.iter_mut().filter(backward) {
        navigation.inverse_of = forward
            .iter()
            .find(|(_, association)| *association == navigation.association)
            .map(|(index, _)| *index);
    }
}

/// Takes away what the profile lacks, and binds the names of keys and dates to what is left.
fn cut(draft: &mut Draft, text: &str, named: &Named<'_>) -> Result<(), StartError> {
    let Draft { entity, names: [keys, order, dates], ends } = draft;
    let mut marks =
        text.lines().filter(|line| line.starts_with("P\t")).filter_map(|line| line.rsplit('\t').next());
    let is_key = |name: &str| keys.split(',').any(|key| key == name);
    entity.properties.retain(|property| {
        let mark = marks.next().unwrap_or_default();
        let path = format!("{}/{}", entity.name, property.name);
        is_key(&property.name) || property.is_internal() || named.exists(&path, mark)
    });
    for property in &mut entity.properties {
        let path = format!("{}/{}", entity.name, property.name);
        let spared = named.names(&named.profile.optional, &path) && !is_key(&property.name);
        property.flags.required &= !spared;
        property.flags.required |= named.names(&named.profile.required, &path);
    }
    let live = named.profile.base == BaseProfile::Ten20;
    let mut kept = ends.iter().map(|[_, _, mark]| live || mark != "L");
    entity.navigations.retain(|_| kept.next().unwrap_or(true));
    ends.retain(|[_, _, mark]| live || mark != "L");
    entity.settle();
    entity.keys = columns(entity, keys)?;
    entity.order = columns(entity, order)?;
    entity.key = entity.keys.first().copied().ok_or_else(|| damaged(keys))?;
    if dates != "-" {
        entity.dated = columns(entity, dates)?.try_into().ok().map(|[from, to]: [usize; 2]| (from, to));
    }
    Ok(())
}

fn columns(entity: &Entity, names: &str) -> Result<Vec<usize>, StartError> {
    names.split(',').map(|name| entity.property(name).ok_or_else(|| damaged(name))).collect()
}

/// A profile, and the entity whose properties it may name alone.
struct Named<'a> {
    profile: &'a Profile,
    first: &'a str,
}

impl Named<'_> {
    /// Whether the profile has a property, given as `ENTITY/PROPERTY`.
    fn exists(&self, path: &str, mark: &str) -> bool {
        let base = match self.profile.base {
            BaseProfile::Ten20 => mark == "T" || mark == "L",
            BaseProfile::Hub => mark != "C" && mark != "L",
        };
        (base || self.names(&self.profile.with, path)) && !self.names(&self.profile.without, path)
    }

    /// Whether a list of the profile has a property.
    fn names(&self, list: &[String], path: &str) -> bool {
        let alone = path.strip_prefix(self.first).and_then(|rest| rest.strip_prefix('/'));
        list.iter().any(|entry| entry == path || alone == Some(entry.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::habit;

    fn user(profile: &Profile) -> Entity {
        habit::model(profile).unwrap().entities.remove(0)
    }

    /// docs/successfactors.md#properties-of-user: 138 properties on the Hub, 58 of them missing on TEN20; one is the
    /// sandbox's own.
    #[test]
    fn profiles_have_their_documented_sizes() {
        assert_eq!(user(&Profile { base: BaseProfile::Hub, ..Profile::default() }).properties.len(), 139);
        assert_eq!(user(&Profile::default()).properties.len(), 81);
    }

    /// docs/successfactors.md#properties-of-user: `jobTitle` and `companyExitDate` exist only where a tenant has them.
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
        assert!(matches!(habit::model(&profile), Err(StartError::Option { .. })));
    }

    #[test]
    fn reports_are_the_inverse_of_managers() {
        let entity = user(&Profile::default());
        let reports = &entity.navigations[entity.navigation("directReports").unwrap()];
        assert_eq!(reports.inverse_of, entity.navigation("manager"));
    }
}
