//! Lists of values from tenants that answer oddly.

use connector_core::operation::{ListValue, LookupRequest};
use connector_core::{Connector, Context};
use serde_json::{Value as Json, json};

use super::tenant::{Answer, Odd, page, refusal};

fn option(id: &str, code: Option<&str>, label: &str) -> Json {
    let labels = json!({"results": [{"locale": "en_US", "optionId": id, "label": label}]});
    json!({"id": id, "externalCode": code, "status": "ACTIVE", "sortOrder": 0, "picklistLabels": labels})
}

/// In legacy picklists a code may be null or stand on several options; the id alone tells them apart (KBA 2378577).
fn options() -> Vec<Json> {
    vec![
        option("482", None, "Business"),
        option("483", Some("B"), "Private"),
        option("484", Some("C"), "Alpha"),
        option("485", Some("C"), "Beta"),
    ]
}

async fn lookup(tenant: &Odd) -> Vec<ListValue> {
    let request = LookupRequest::new("picklist:case");
    tenant.connector().lookup(&Context::new(), &request).await.unwrap().values
}

fn told_apart(values: &[ListValue]) -> Vec<(&str, &str, &str, &str)> {
    values.iter().map(|v| (v.id.as_deref().unwrap(), &*v.code, &*v.label, &*v.key)).collect()
}

const EXPECTED: [(&str, &str, &str, &str); 4] = [
    ("482", "482", "Business", "~482"),
    ("483", "B", "Private", "~B"),
    ("484", "C", "Alpha", "~484"),
    ("485", "C", "Beta", "~485"),
];

#[tokio::test]
async fn options_that_share_a_code_all_come_by_their_ids() {
    let tenant = Odd::people(|_| {
        json!({"d": {"picklistId": "case", "picklistOptions": {"results": options()}}}).to_string().into()
    })
    .await;
    assert_eq!(told_apart(&lookup(&tenant).await), EXPECTED);
    let asked = tenant.asked("Picklist");
    assert_eq!(asked.len(), 1, "{asked:?}");
    let attested = "Picklist('case')?$format=json&$expand=picklistOptions/picklistLabels";
    assert!(asked[0].contains(attested), "{asked:?}");
}

#[tokio::test]
async fn a_picklist_that_is_not_shown_is_read_by_its_options() {
    for refused in [false, true] {
        let tenant = Odd::people(move |asked| match asked.contains("PicklistOption?") {
            true => page(&options()).into(),
            false if refused => refusal("COE_GENERAL_FORBIDDEN", "[COE0020]No permission!").status(403),
            false => Answer::from("").status(404),
        })
        .await;
        assert_eq!(told_apart(&lookup(&tenant).await), EXPECTED);
    }
}

#[tokio::test]
async fn a_picklist_without_its_options_is_not_an_empty_one() {
    let deferred = json!({"d": {"picklistId": "case", "picklistOptions": {"__deferred": {"uri": "x"}}}});
    let tenant = Odd::people(move |asked| match asked.contains("PicklistOption?") {
        true => page(&options()).into(),
        false => deferred.to_string().into(),
    })
    .await;
    assert!(tenant.connector().lookup(&Context::new(), &LookupRequest::new("picklist:case")).await.is_err());
}
