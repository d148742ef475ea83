//! A believable company from a seed: the same seed, number and company give the same people.

mod derived;
mod lists;
mod person;

use crate::options::Options;
use crate::state::model::EdmType;
use crate::state::origin::Origin;
use crate::state::store::{Row, TextId, Value};
use crate::state::tenant::Tenant;

use derived::Draws;
pub(crate) use derived::{Account, account_of, derive, termination};

use lists::Lists;
use person::Maker;

/// The smallest number of people that makes room for the landmarks.
const LANDMARKS_FROM: usize = 60;

/// Writes cells by the names of their properties; names that the tenant lacks are passed over.
pub(crate) struct Cells<'a> {
    tenant: &'a mut Tenant,
    entity: usize,
    names: std::collections::HashMap<String, (usize, EdmType)>,
    /// Texts that many people share are stored once.
    shared: std::collections::HashMap<String, TextId>,
}

impl<'a> Cells<'a> {
    fn new(tenant: &'a mut Tenant, entity: usize) -> Self {
        let properties = &tenant.entity(entity).properties;
        let names = properties
            .iter()
            .enumerate()
            .map(|(index, property)| (property.name.clone(), (index, property.kind)))
            .collect();
        Self { tenant, entity, names, shared: std::collections::HashMap::new() }
    }

    fn table(&mut self) -> &mut crate::state::store::Table {
        self.tenant.table_mut(self.entity)
    }

    pub(crate) fn set(&mut self, row: Row, name: &str, value: Value<'_>) {
        if let Some((column, _)) = self.names.get(name).copied() {
            self.table().set(row, column, value);
        }
    }

    pub(crate) fn own(&mut self, row: Row, name: &str, text: &str) {
        self.set(row, name, Value::borrowed(text));
    }

    pub(crate) fn shared(&mut self, row: Row, name: &str, text: &str) {
        let Some((column, _)) = self.names.get(name).copied() else { return };
        let id = match self.shared.get(text) {
            Some(id) => *id,
            None => {
                let id = self.table().texts.add(text);
                self.shared.insert(text.to_owned(), id);
                id
            }
        };
        self.table().set_text(row, column, id);
    }

    /// Gives a row the value that another one has.
    pub(crate) fn copy(&mut self, from: Row, to: Row, name: &str) {
        let Some((column, kind)) = self.names.get(name).copied() else { return };
        if kind.is_text() {
            let id = self.table().text_id(from, column);
            self.table().set_text(to, column, id);
        } else {
            let value = self.table().get(from, column).into_owned();
            self.table().set(to, column, value);
        }
    }

    /// Writes the key of a row into a column of another one.
    pub(crate) fn copy_id(&mut self, from: Row, to: Row, name: &str) {
        let key = self.tenant.entity(self.entity).key;
        let Some((column, _)) = self.names.get(name).copied() else { return };
        let id = self.table().text_id(from, key);
        self.table().set_text(to, column, id);
    }

    pub(crate) fn time(&self, row: Row, name: &str) -> Option<i64> {
        match self.tenant.value(self.entity, row, name) {
            Value::Time(millis) => Some(millis),
            _ => None,
        }
    }

    pub(crate) fn text(&self, row: Row, name: &str) -> String {
        self.tenant.text(self.entity, row, name).to_owned()
    }

    pub(crate) fn link(&mut self, row: Row, navigation: &str, targets: &[Row]) {
        if let Some(index) = self.tenant.entity(self.entity).navigation(navigation) {
            self.table().link(row, index, targets);
        }
    }

    pub(crate) fn add(&mut self, key: &str) -> Row {
        self.table().push(key)
    }
}

/// Fills the `User` table with exactly `options.people` rows: the API user, the pseudo user `v4admin`, the
/// landmarks if there is room, and the rest of the company.
pub(crate) fn populate(tenant: &mut Tenant, options: &Options) {
    let Some(entity) = tenant.model.entity("User") else { return };
    tenant.begin(entity);
    let lists = Lists::new();
    tenant.origin = Origin::new(
        options.seed,
        crate::time::day(options.clock.now().timestamp_millis()),
        options.switches.server_utc_offset_minutes,
    );
    let draws = Draws::new(tenant);
    let cells = Cells::new(tenant, entity);
    let mut maker = Maker::new(cells, &lists, options, draws);
    maker.system_users();
    if options.people >= LANDMARKS_FROM {
        maker.landmarks();
    }
    maker.company();
    tenant.origin = maker.finish();
    tenant.today = tenant.origin.today;
    let table = tenant.table_mut(entity);
    table.sort();
    table.shrink();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Profile;

    fn company(people: usize, seed: u64) -> Tenant {
        let options = Options { people, seed, ..Options::default() };
        let mut tenant = Tenant::new(crate::habit::model(&Profile::default()).unwrap(), derive);
        populate(&mut tenant, &options);
        tenant
    }

    #[test]
    fn the_number_of_rows_is_exact() {
        for people in [2, 3, 59, 60, 75, 1000] {
            assert_eq!(company(people, 1).table(0).len(), people);
        }
    }

    #[test]
    fn same_seed_gives_the_same_people() {
        let names = |tenant: &Tenant| -> Vec<String> {
            tenant.table(0).order().iter().map(|row| tenant.text(0, *row, "username").to_owned()).collect()
        };
        assert_eq!(names(&company(200, 7)), names(&company(200, 7)));
        assert_ne!(names(&company(200, 7)), names(&company(200, 8)));
    }

    #[test]
    fn managers_have_no_cycles_and_some_people_have_none() {
        let tenant = company(2000, 3);
        let manager = tenant.entity(0).navigation("manager").unwrap();
        let mut without = 0;
        for row in tenant.table(0).order() {
            let mut at = *row;
            for step in 0.. {
                assert!(step < 50, "a cycle of managers");
                match tenant.follow(0, at, manager).first() {
                    Some(next) => at = *next,
                    None => break,
                }
            }
            without += usize::from(at == *row);
        }
        assert!(without > 1);
    }

    #[test]
    fn usernames_are_unique_and_statuses_are_mixed() {
        let tenant = company(1000, 1);
        let mut names: Vec<&str> =
            tenant.table(0).order().iter().map(|row| tenant.text(0, *row, "username")).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 1000);
        let of = |status| {
            tenant.table(0).order().iter().filter(|row| tenant.text(0, **row, "status") == status).count()
        };
        assert!((80..170).contains(&of("f")), "{}", of("f"));
        for status in ["T", "F", "e", "d"] {
            assert!(of(status) > 0, "{status}");
        }
    }

    /// Every text fits the property that holds it.
    #[test]
    fn no_text_is_longer_than_its_property() {
        let tenant = company(1500, 2);
        for (entity, model) in tenant.model.entities.iter().enumerate() {
            let table = tenant.table(entity);
            for (index, property) in model.properties.iter().enumerate() {
                let Some(limit) = property.max_length else { continue };
                for row in table.order() {
                    let length = table.text(*row, index).map_or(0, |(text, _)| text.chars().count());
                    assert!(length <= limit, "{}/{}: {length}", model.name, property.name);
                }
            }
        }
    }

    /// Keys are complete and unique, and what may not be null is there.
    #[test]
    fn every_entity_has_rows_with_unique_keys() {
        let tenant = company(1500, 2);
        for (entity, model) in tenant.model.entities.iter().enumerate() {
            let table = tenant.table(entity);
            assert!(table.len() > 0, "{}", model.name);
            for pair in table.order().windows(2) {
                assert_ne!(table.key_of(pair[0]), table.key_of(pair[1]), "{}", model.name);
            }
            for property in model.properties.iter().filter(|property| !property.nullable) {
                let index = model.property(&property.name).unwrap();
                let empty = table.order().iter().find(|row| table.get(**row, index) == Value::Null);
                assert_eq!(empty, None, "{}/{}", model.name, property.name);
            }
        }
    }

    /// Managers, departments, jobs and the rest of a job lead to rows that are there.
    #[test]
    fn codes_of_jobs_lead_somewhere() {
        let tenant = company(1500, 2);
        let jobs = tenant.model.entity("EmpJob").unwrap();
        for (index, navigation) in tenant.entity(jobs).navigations.iter().enumerate() {
            let Some([(from, _)]) = navigation.join.as_deref() else { continue };
            for row in tenant.table(jobs).order() {
                let value = tenant.table(jobs).get(*row, *from);
                let known = value != Value::Null && value.as_text() != Some("NO_MANAGER");
                assert!(
                    !known || !tenant.follow(jobs, *row, index).is_empty(),
                    "{} {value:?}",
                    navigation.name
                );
            }
        }
    }
}
