//! `$metadata`: EDMX with two schemas, sets in `SFODataSet` and types in `SFOData` (docs/successfactors.md#metadata).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::odata::render::functions;
use crate::state::model::{Entity, Flags, Model, Navigation, Property};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <edmx:Edmx Version=\"1.0\" xmlns:edmx=\"http://schemas.microsoft.com/ado/2007/06/edmx\">\
    <edmx:DataServices m:DataServiceVersion=\"2.0\" \
    xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\">";
const SCHEMA: &str = "xmlns=\"http://schemas.microsoft.com/ado/2008/09/edm\" \
    xmlns:sf=\"http://www.successfactors.com/edm/sf\" \
    xmlns:sap=\"http://www.successfactors.com/edm/sap\">";

/// The document of the chosen entities. The whole one has the function imports too.
pub(crate) fn document(model: &Model, chosen: &[usize], whole: bool, navigations: bool) -> String {
    let scope = Scope { model, chosen, navigations };
    let mut out = HEAD.to_owned();
    out.push_str(&format!("<Schema Namespace=\"SFODataSet\" {SCHEMA}"));
    out.push_str("<EntityContainer Name=\"EntityContainer\" m:IsDefaultEntityContainer=\"true\">");
    for entity in scope.entities() {
        entity_set(&mut out, entity);
    }
    for (_, association) in scope.associations() {
        association_set(&mut out, &association);
    }
    if whole {
        out.push_str(
            "<EntitySet Name=\"UpsertResult\" EntityType=\"SFOData.UpsertResult\" sap:creatable=\"false\" \
             sap:updatable=\"false\" sap:upsertable=\"false\" sap:deletable=\"false\"></EntitySet>\
             <FunctionImport Name=\"upsert\" ReturnType=\"Collection(SFOData.UpsertResult)\" \
             EntitySet=\"UpsertResult\" m:HttpMethod=\"POST\" sap:support-payload=\"true\"></FunctionImport>",
        );
        functions::imports(&mut out, model);
    }
    out.push_str("</EntityContainer></Schema>");
    out.push_str(&format!("<Schema Namespace=\"SFOData\" {SCHEMA}"));
    for entity in scope.entities() {
        entity_type(&mut out, &scope, entity);
    }
    if whole {
        upsert_result(&mut out);
        functions::complex_types(&mut out);
    }
    for (_, association) in scope.associations() {
        association.write(&mut out);
    }
    out.push_str("</Schema></edmx:DataServices></edmx:Edmx>");
    out
}

/// What part of the model a document is about.
struct Scope<'a> {
    model: &'a Model,
    chosen: &'a [usize],
    navigations: bool,
}

impl<'a> Scope<'a> {
    fn entities(&self) -> impl Iterator<Item = &'a Entity> {
        self.chosen.iter().map(|index| &self.model.entities[*index])
    }

    /// The navigations that stay inside the document (docs/successfactors.md#metadata).
    fn navigations(&self, entity: &'a Entity) -> impl Iterator<Item = &'a Navigation> {
        entity
            .navigations
            .iter()
            .filter(|navigation| self.navigations && self.chosen.contains(&navigation.target))
    }

    fn associations(&self) -> Vec<(String, Association<'a>)> {
        let mut seen = BTreeSet::new();
        let mut associations = Vec::new();
        for entity in self.entities() {
            for navigation in self.navigations(entity).filter(|navigation| navigation.inverse_of.is_none()) {
                if seen.insert(navigation.association.clone()) {
                    let target = &self.model.entities[navigation.target];
                    let association = Association { navigation, from: entity, to: target };
                    associations.push((navigation.association.clone(), association));
                }
            }
        }
        associations
    }
}

/// An association, seen from its writable end.
struct Association<'a> {
    navigation: &'a Navigation,
    from: &'a Entity,
    to: &'a Entity,
}

impl Association<'_> {
    fn write(&self, out: &mut String) {
        let Self { navigation, from, to } = self;
        let many = |many: bool| if many { "*" } else { "0..1" };
        let (there, here) = (many(navigation.many), many(self.back().is_none_or(|back| back.many)));
        let _infallible = write!(
            out,
            "<Association Name=\"{}\"><End Type=\"SFOData.{}\" Multiplicity=\"{there}\" Role=\"{}\"></End>\
             <End Type=\"SFOData.{}\" Multiplicity=\"{here}\" Role=\"{}\"></End></Association>",
            navigation.association, to.name, navigation.to_role, from.name, navigation.from_role
        );
    }

    /// The navigation that leads back, which says what this end is.
    fn back(&self) -> Option<&Navigation> {
        let Self { navigation, to, .. } = self;
        to.navigations.iter().find(|back| {
            back.association == navigation.association
                && back.from_role == navigation.to_role
                && back.to_role == navigation.from_role
        })
    }
}

fn association_set(out: &mut String, association: &Association<'_>) {
    let Association { navigation, from, to } = association;
    let name = &navigation.association;
    let _infallible = write!(
        out,
        "<AssociationSet Name=\"{name}\" Association=\"SFOData.{name}\">\
         <End EntitySet=\"{}\" Role=\"{}\"></End><End EntitySet=\"{}\" Role=\"{}\"></End></AssociationSet>",
        to.name, navigation.to_role, from.name, navigation.from_role
    );
}

fn entity_set(out: &mut String, entity: &Entity) {
    let (name, flags) = (&entity.name, entity.flags);
    let _infallible = write!(
        out,
        "<EntitySet Name=\"{name}\" EntityType=\"SFOData.{name}\" sap:label=\"{name}\" \
         sap:creatable=\"{}\" sap:updatable=\"{}\" sap:upsertable=\"{}\" sap:deletable=\"{}\">\
         <Documentation><Summary>{name}</Summary><LongDescription>{name} of the embedded tenant</LongDescription>\
         <sap:tagcollection><sap:tag>Sandbox</sap:tag></sap:tagcollection></Documentation></EntitySet>",
        flags.creatable, flags.updatable, flags.upsertable, flags.deletable
    );
}

fn entity_type<'a>(out: &mut String, scope: &Scope<'a>, entity: &'a Entity) {
    let _infallible = write!(
        out,
        "<EntityType Name=\"{}\"><Key>{}</Key>",
        entity.name,
        entity
            .keys
            .iter()
            .map(|key| format!("<PropertyRef Name=\"{}\"></PropertyRef>", entity.properties[*key].name))
            .collect::<String>()
    );
    for property in entity.properties.iter().filter(|property| !property.is_internal()) {
        property_element(out, property);
    }
    for navigation in scope.navigations(entity) {
        navigation_element(out, navigation);
    }
    out.push_str("</EntityType>");
}

fn property_element(out: &mut String, property: &Property) {
    let _infallible = write!(
        out,
        "<Property Name=\"{}\" Type=\"{}\" Nullable=\"{}\"",
        property.name,
        property.kind.name(),
        property.nullable
    );
    annotations(out, property.flags);
    if let Some(length) = property.max_length {
        let _infallible = write!(out, " MaxLength=\"{length}\"");
    }
    if let Some(picklist) = &property.picklist {
        let _infallible = write!(out, " sap:picklist=\"{picklist}\"");
    }
    if property.flags.date {
        out.push_str(" sap:display-format=\"Date\"");
    }
    if property.flags.sensitive {
        out.push_str(" sap:sensitive-personal-data=\"true\"");
    }
    if property.flags.inline_optional {
        out.push_str(" sap:inlineRequired=\"false\"");
    }
    let _infallible = write!(out, " sap:label=\"{}\"></Property>", label(&property.name));
}

fn navigation_element(out: &mut String, navigation: &Navigation) {
    let _infallible = write!(out, "<NavigationProperty Name=\"{}\"", navigation.name);
    annotations(out, navigation.flags);
    let _infallible = write!(
        out,
        " Relationship=\"SFOData.{}\" FromRole=\"{}\" ToRole=\"{}\" sap:label=\"{}\"></NavigationProperty>",
        navigation.association,
        navigation.from_role,
        navigation.to_role,
        label(&navigation.name)
    );
}

fn annotations(out: &mut String, flags: Flags) {
    let _infallible = write!(
        out,
        " sap:required=\"{}\" sap:creatable=\"{}\" sap:updatable=\"{}\" sap:upsertable=\"{}\" \
         sap:visible=\"{}\" sap:sortable=\"{}\" sap:filterable=\"{}\"",
        flags.required,
        flags.creatable,
        flags.updatable,
        flags.upsertable,
        flags.visible,
        flags.sortable,
        flags.filterable
    );
}

/// The entity type of an upsert's results, which can be seen in no other way (docs/successfactors.md#upsert-rows).
fn upsert_result(out: &mut String) {
    out.push_str("<EntityType Name=\"UpsertResult\"><Key><PropertyRef Name=\"key\"></PropertyRef></Key>");
    for (name, kind) in [
        ("key", "Edm.String"),
        ("status", "Edm.String"),
        ("editStatus", "Edm.String"),
        ("message", "Edm.String"),
        ("index", "Edm.Int32"),
        ("httpCode", "Edm.Int32"),
        ("inlineResults", "Bag(SFOData.UpsertResult)"),
    ] {
        let nullable = name != "key";
        let _infallible =
            write!(out, "<Property Name=\"{name}\" Type=\"{kind}\" Nullable=\"{nullable}\"></Property>");
    }
    out.push_str("</EntityType>");
}

/// A readable label from a name: `firstName` is `First Name`.
fn label(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (index, letter) in name.chars().enumerate() {
        if index == 0 {
            out.extend(letter.to_uppercase());
            continue;
        }
        if letter.is_uppercase() {
            out.push(' ');
        }
        out.push(letter);
    }
    out
}
