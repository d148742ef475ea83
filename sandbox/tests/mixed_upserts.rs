//! Records of several entity sets in one upsert. Whether a real tenant takes them is not known
//! (docs/successfactors.md#upsert-requests); this one does, and answers each in its place.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use serde_json::json;
use support::{Fixture, record};

#[tokio::test]
async fn records_of_several_entity_sets_are_taken_in_one_array() {
    let fixture = Fixture::new(300).await;
    let mail = |kind: &str| {
        let uri = format!("PerEmail(emailType='{kind}',personIdExternal='jsmith')");
        json!({"__metadata": {"uri": uri}, "emailAddress": "x@acme.example", "isPrimary": false})
    };
    let nobody = json!({"__metadata": {"uri": "EmpEmployment(personIdExternal='nobody',userId='nobody')"}});
    let body = json!([record("jsmith", &json!({"nickname": "x"})), mail("8450"), nobody]);
    let rows = fixture.upsert(&body).await;
    let seen: Vec<_> = rows.iter().map(|row| (&row["index"], &row["status"])).collect();
    let expected = [json!(0), json!("OK"), json!(1), json!("OK"), json!(2), json!("ERROR")];
    let expected: Vec<_> = expected.chunks(2).map(|pair| (&pair[0], &pair[1])).collect();
    assert_eq!(seen, expected, "{rows:?}");
    assert_eq!(rows[0]["key"], "User/userId=jsmith");
    assert_eq!(rows[1]["key"], "PerEmail/emailType=8450,PerEmail/personIdExternal=jsmith");
    let stored = fixture.get("PerEmail(emailType='8450',personIdExternal='jsmith')", &[]).await;
    assert_eq!(stored.json()["d"]["emailAddress"], "x@acme.example");
}
