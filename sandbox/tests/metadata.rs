//! `$metadata`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::skip;
use crate::support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use roxmltree::{Document, Node};
use sandbox::{BaseProfile, Options, Profile, Switches};
use support::{Fixture, options};

fn elements<'a, 'i>(document: &'a Document<'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    document.descendants().filter(move |node| node.tag_name().name() == name)
}

fn user_type<'a, 'i>(document: &'a Document<'i>) -> Node<'a, 'i> {
    elements(document, "EntityType").find(|node| node.attribute("Name") == Some("User")).unwrap()
}

/// The attributes of the children of a type by local name, labels and permissions aside: those are texts of
/// a tenant.
fn facts(kind: Node<'_, '_>, name: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    kind.children()
        .filter(|child| child.tag_name().name() == name)
        .map(|child| {
            let attributes =
                child.attributes().filter(|one| !matches!(one.name(), "label" | "field-control"));
            let facts = attributes.map(|one| (one.name().to_owned(), one.value().to_owned())).collect();
            (child.attribute("Name").unwrap().to_owned(), facts)
        })
        .collect()
}

/// docs/successfactors.md#metadata.
#[tokio::test]
async fn document_has_two_schemas_and_the_documented_frame() {
    let fixture = Fixture::new(5).await;
    let answer = fixture.raw("/odata/v2/$metadata").await;
    assert!(answer.header("content-type").starts_with("application/xml"));
    let document = Document::parse(&answer.text).unwrap();
    let schemas: Vec<&str> =
        elements(&document, "Schema").filter_map(|node| node.attribute("Namespace")).collect();
    assert_eq!(schemas, ["SFODataSet", "SFOData"]);
    assert_eq!(
        document.root_element().tag_name().namespace(),
        Some("http://schemas.microsoft.com/ado/2007/06/edmx")
    );
    let set = elements(&document, "EntitySet").next().unwrap();
    let flag = |name| set.attribute(("http://www.successfactors.com/edm/sap", name));
    assert_eq!((flag("upsertable"), flag("deletable")), (Some("true"), Some("false")));
    let import = elements(&document, "FunctionImport").next().unwrap();
    assert_eq!(import.attribute("ReturnType"), Some("Collection(SFOData.UpsertResult)"));
}

/// docs/successfactors.md#entity-addresses against docs/successfactors.md#metadata: navigations in the document of one
/// entity.
#[tokio::test]
async fn scoped_document_has_navigations_unless_switched_off() {
    for (switch, expected) in [(true, 11), (false, 0)] {
        let switches = Switches { scoped_metadata_navigations: switch, ..Switches::default() };
        let fixture = Fixture::with(Options { switches, ..options(5) }).await;
        let text = fixture.raw("/odata/v2/User/$metadata").await.text;
        let document = Document::parse(&text).unwrap();
        assert_eq!(elements(&document, "NavigationProperty").count(), expected);
        assert_eq!(elements(&document, "FunctionImport").count(), 0);
        let whole = fixture.raw("/odata/v2/$metadata").await.text;
        let whole = Document::parse(&whole).unwrap();
        // Two more lead to other entities.
        assert_eq!(
            user_type(&whole)
                .children()
                .filter(|node| node.tag_name().name() == "NavigationProperty")
                .count(),
            13
        );
    }
    let fixture = Fixture::new(5).await;
    assert_eq!(fixture.raw("/odata/v2/User,Nothing/$metadata").await.status, 400);
}

/// docs/successfactors.md#properties-of-user: tenants differ in what they have.
#[tokio::test]
async fn profile_decides_which_properties_exist() {
    let names = async |profile: Profile| -> Vec<String> {
        let fixture = Fixture::with(Options { profile, ..options(70) }).await;
        let text = fixture.raw("/odata/v2/User/$metadata").await.text;
        let document = Document::parse(&text).unwrap();
        facts(user_type(&document), "Property").into_keys().collect()
    };
    let usual = names(Profile::default()).await;
    assert!(!usual.iter().any(|name| ["jobTitle", "companyExitDate", "salary"].contains(&name.as_str())));
    let with =
        names(Profile { with: vec!["jobTitle".into(), "companyExitDate".into()], ..Profile::default() })
            .await;
    assert_eq!(with.len(), usual.len() + 2);
    assert_eq!(names(Profile { base: BaseProfile::Hub, ..Profile::default() }).await.len(), 138);
}

/// How many are at the end of each navigation, by entity and name.
fn ends(document: &Document<'_>) -> BTreeMap<(String, String), String> {
    let text = |node: Node<'_, '_>, name: &str| node.attribute(name).unwrap_or_default().to_owned();
    let mut ends = BTreeMap::new();
    for kind in elements(document, "EntityType") {
        let navigations = kind.children().filter(|node| node.tag_name().name() == "NavigationProperty");
        for navigation in navigations {
            let association = text(navigation, "Relationship").replace("SFOData.", "");
            let association = elements(document, "Association")
                .find(|node| node.attribute("Name") == Some(association.as_str()))
                .unwrap();
            let end = association.children().find(|end| text(*end, "Role") == text(navigation, "ToRole"));
            let many = text(end.unwrap(), "Multiplicity");
            ends.insert((text(kind, "Name"), text(navigation, "Name")), many);
        }
    }
    ends
}

/// docs/successfactors.md#metadata (TEN20): an association that two entities share is declared from both of its sides.
#[tokio::test]
async fn navigations_to_one_are_declared_so() {
    let fixture = Fixture::new(5).await;
    for path in ["$metadata", "EmpJob,EmpEmployment,EmpJobRelationships/$metadata"] {
        let text = fixture.raw(&format!("/odata/v2/{path}")).await.text;
        let ends = ends(&Document::parse(&text).unwrap());
        let end = |entity: &str, name: &str| ends.get(&(entity.to_owned(), name.to_owned())).cloned();
        assert_eq!(end("EmpJob", "employmentNav").as_deref(), Some("0..1"), "{path}");
        assert_eq!(end("EmpJobRelationships", "employmentNav").as_deref(), Some("0..1"), "{path}");
        assert_eq!(end("EmpEmployment", "jobInfoNav").as_deref(), Some("*"), "{path}");
    }
    let text = fixture.raw("/odata/v2/$metadata").await.text;
    let ends = ends(&Document::parse(&text).unwrap());
    for (entity, name) in
        [("PerPersonal", "personNav"), ("PerPhone", "personNav"), ("PicklistOption", "picklist")]
    {
        assert_eq!(ends[&(entity.to_owned(), name.to_owned())], "0..1", "{entity}");
    }
    for (entity, name) in
        [("PerPerson", "phoneNav"), ("Picklist", "picklistOptions"), ("User", "matrixManager")]
    {
        assert_eq!(ends[&(entity.to_owned(), name.to_owned())], "*", "{entity}");
    }
}

/// What a navigation leads to is an object where the document says one, and a list where it says many.
#[tokio::test]
async fn answers_have_the_shape_that_the_document_declares() {
    let fixture = Fixture::new(100).await;
    let text = fixture.raw("/odata/v2/$metadata").await.text;
    let mut seen = 0;
    for ((entity, name), many) in ends(&Document::parse(&text).unwrap()) {
        let answer = fixture.get(&entity, &[("$top", "1"), ("$expand", name.as_str())]).await;
        let Some(row) = answer.results().into_iter().next() else { continue };
        assert_eq!(row[&name].get("results").is_some(), many == "*", "{entity}/{name}: {}", row[&name]);
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
}

/// The folder with the published descriptions: named by the environment, or beside the workspace.
fn published() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("SFSF_SHARED_DATA").map_or(beside, PathBuf::from).join("edmx");
    folder.is_dir().then_some(folder)
}

fn types<'a, 'i>(document: &'a Document<'i>) -> BTreeMap<String, Node<'a, 'i>> {
    elements(document, "EntityType").map(|node| (node.attribute("Name").unwrap().to_owned(), node)).collect()
}

fn keys(kind: Node<'_, '_>) -> Vec<String> {
    let references = kind.descendants().filter(|node| node.tag_name().name() == "PropertyRef");
    references.map(|node| node.attribute("Name").unwrap().to_owned()).collect()
}

fn set_flags(document: &Document<'_>, name: &str) -> Option<BTreeMap<String, String>> {
    let set = elements(document, "EntitySet").find(|node| node.attribute("Name") == Some(name))?;
    let flags = set
        .attributes()
        .filter(|one| matches!(one.name(), "creatable" | "updatable" | "upsertable" | "deletable"));
    Some(flags.map(|one| (one.name().to_owned(), one.value().to_owned())).collect())
}

/// Issue 3, item 3: every entity that the published descriptions have agrees with ours on names, types,
/// keys, nullability and annotations; navigations on those whose target is here. Skips itself without them.
#[tokio::test]
async fn every_entity_agrees_with_the_published_description() {
    let Some(folder) = published() else {
        skip::missing("published metadata");
        return;
    };
    let profile = Profile { base: BaseProfile::Hub, ..Profile::default() };
    let fixture = Fixture::with(Options { profile, ..options(5) }).await;
    let text = fixture.raw("/odata/v2/$metadata").await.text;
    let document = Document::parse(&text).unwrap();
    let ours = types(&document);
    let our_ends = ends(&document);
    let mut compared_ends = 0;
    let mut compared = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let theirs = Document::parse(&text).unwrap();
        for (navigation, end) in ends(&theirs) {
            let Some(ours) = our_ends.get(&navigation) else { continue };
            // That one has to be there is not told apart from that it may be missing.
            assert_eq!(ours == "*", end == "*", "{navigation:?}");
            compared_ends += 1;
        }
        for (name, kind) in types(&theirs).into_iter().filter(|(name, _)| ours.contains_key(name)) {
            let mine = ours[&name];
            assert_eq!(keys(mine), keys(kind), "{name}");
            assert_eq!(facts(mine, "Property"), facts(kind, "Property"), "{name}");
            assert_eq!(set_flags(&document, &name), set_flags(&theirs, &name), "{name}");
            let mine = facts(mine, "NavigationProperty");
            let mut navigations = facts(kind, "NavigationProperty");
            navigations.retain(|navigation, _| mine.contains_key(navigation));
            assert_eq!(mine, navigations, "{name}");
            compared.push(name);
        }
    }
    assert!(compared.len() >= 36 && compared_ends >= 40, "{compared:?}, {compared_ends}");
}

/// docs/successfactors.md#function-imports: the function imports and what they return are listed.
#[tokio::test]
async fn function_imports_and_complex_types_are_listed() {
    let fixture = Fixture::new(5).await;
    let text = fixture.raw("/odata/v2/$metadata").await.text;
    let document = Document::parse(&text).unwrap();
    let import =
        |name| elements(&document, "FunctionImport").find(|node| node.attribute("Name") == Some(name));
    let members = import("getUsersByDynamicGroup").unwrap();
    assert_eq!(members.attribute("ReturnType"), Some("Collection(SFOData.DynamicGroupUserBean)"));
    assert_eq!(import("updateStaticGroup").unwrap().children().count(), 3);
    assert!(
        elements(&document, "ComplexType").any(|node| node.attribute("Name") == Some("DynamicGroupBean"))
    );
}
