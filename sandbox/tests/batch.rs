//! `$batch` (docs/successfactors.md#batches).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use crate::support;

use sandbox::{Fault, Options, Switches};
use serde_json::{Value, json};
use support::{Answer, Fixture, options, record};

/// A part of an answer: its status, its headers by lower-case name, its body; nested ones are of a change
/// set.
#[derive(Debug)]
enum Part {
    Single(u16, String, String),
    ChangeSet(Vec<Part>),
}

impl Part {
    fn single(&self) -> (u16, &str, &str) {
        let Self::Single(status, head, body) = self else { panic!("a change set: {self:?}") };
        (*status, head, body)
    }

    fn status(&self) -> u16 {
        self.single().0
    }

    fn json(&self) -> Value {
        serde_json::from_str(self.single().2).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn change_set(&self) -> &[Self] {
        let Self::ChangeSet(parts) = self else { panic!("no change set: {self:?}") };
        parts
    }
}

fn parts(text: &str, content_type: &str) -> Vec<Part> {
    let boundary = content_type.strip_prefix("multipart/mixed; boundary=").unwrap();
    let whole = text.split_once(&format!("--{boundary}--\r\n")).unwrap().0;
    whole.split(&format!("--{boundary}\r\n")).skip(1).map(part).collect()
}

fn part(text: &str) -> Part {
    let (head, rest) = text.split_once("\r\n\r\n").unwrap();
    if let Some(kind) = head.strip_prefix("Content-Type: multipart/mixed") {
        return Part::ChangeSet(parts(rest, &format!("multipart/mixed{kind}")));
    }
    assert_eq!(head, "Content-Type: application/http\r\nContent-Transfer-Encoding: binary");
    let (head, body) = rest.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Part::Single(status, head.to_owned(), body.strip_suffix("\r\n").unwrap().to_owned())
}

fn get(target: &str) -> String {
    format!(
        "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET {target} HTTP/1.1\r\n\
         Accept: application/json\r\n\r\n\r\n"
    )
}

/// A change set of upserts, as in the request of KBA 3709239.
fn change_set(number: usize, bodies: &[Value]) -> String {
    let writes: String = bodies.iter().map(|body| {
        let body = body.to_string();
        format!(
            "--c{number}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
             POST upsert?$format=json HTTP/1.1\r\nContent-Length: {}\r\ncontent-type: application/json\r\n\r\n{body}\r\n",
            body.len()
        )
    }).collect();
    format!("--b\r\nContent-Type: multipart/mixed; boundary=c{number}\r\n\r\n{writes}--c{number}--\r\n")
}

async fn send(fixture: &Fixture, body: String) -> Answer {
    let request = fixture.http.post(format!("{}/odata/v2/$batch", fixture.tenant.base_url()));
    let request = request.bearer_auth(&fixture.token).header("accept", "application/json");
    let request = request.header("content-type", "multipart/mixed; boundary=b");
    Answer::of(request.body(body).send().await.unwrap()).await
}

async fn batch(fixture: &Fixture, body: String) -> Vec<Part> {
    let answer = send(fixture, format!("{body}--b--\r\n")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    parts(&answer.text, answer.header("content-type"))
}

/// docs/successfactors.md#batches: reads, long addresses among them, in the order in which they were asked.
#[tokio::test]
async fn reads_are_answered_in_order() {
    let fixture = Fixture::new(100).await;
    let long = format!("User?$filter=userId in {}'cmueller'&$select=userId", "'nobody.at.all',".repeat(600));
    let body = get("User('cmueller')?$select=userId&$format=json")
        + &get("User('nobody')")
        + &get("/odata/v2/User('jsmith')/$count")
        + &get(&long)
        + &get("https://any.host:443/odata/v2/User/$count");
    let parts = batch(&fixture, body).await;
    let statuses: Vec<u16> = parts.iter().map(Part::status).collect();
    assert_eq!(statuses, [200, 404, 400, 200, 200]);
    assert_eq!(parts[0].json()["d"]["userId"], "cmueller");
    assert_eq!(parts[1].json()["error"]["code"], "NotFoundException");
    assert_eq!(parts[3].json()["d"]["results"].as_array().unwrap().len(), 1);
    let uri = parts[0].json()["d"]["__metadata"]["uri"].as_str().unwrap().to_owned();
    assert_eq!(uri, format!("{}/odata/v2/User('cmueller')", fixture.tenant.base_url()));
}

/// The headers of KBA 3405898 and 3709239, and their order.
#[tokio::test]
async fn parts_have_the_captured_headers() {
    let fixture = Fixture::new(100).await;
    let good = record("cmueller", &json!({"nickname": "a"}));
    let bad = record("cmueller", &json!({"nothing": "a"}));
    let parts = batch(&fixture, change_set(1, &[good]) + &change_set(2, &[bad])).await;
    let (status, head, body) = parts[0].change_set()[0].single();
    let hint = "successfactors-message: X-SF-Correlation-Id, successfactors-sourcetype are missing in request headers";
    assert_eq!((status, head.lines().next()), (200, Some("HTTP/1.1 200 OK")));
    for line in [
        "Content-Type: application/json;charset=utf-8",
        "DataServiceVersion: 1.0",
        "successfactors-internal-apiresource: User",
        hint,
        &format!("Content-Length: {}", body.len()),
    ] {
        assert!(head.lines().any(|one| one == line), "{line} in {head}");
    }
    let (status, head, _) = parts[1].single();
    assert_eq!((status, head.lines().next()), (400, Some("HTTP/1.1 400 Bad Request")));
    assert!(head.contains("X-SF-Record-Count-Recursive: 0"));
}

/// KBA 3709239: a change set succeeds or fails as a whole and apart from the others; a failed one is one flat
/// part. docs/successfactors.md#batches: an error of a record is the end of it.
#[tokio::test]
async fn change_sets_are_transactions() {
    let fixture = Fixture::new(100).await;
    let before = fixture.tenant.user("jsmith").unwrap();
    let new = record(
        "new.1",
        &json!({"username": "new.1", "status": "t", "password": "Passw0rd1",
        "manager": {"__metadata": {"uri": "User('jsmith')"}}}),
    );
    let failing = record("jsmith", &json!({"username": "JSmith"}));
    let body = change_set(1, &[new.clone(), record("jsmith", &json!({"nickname": "x"})), failing])
        + &change_set(2, &[record("cmueller", &json!({"nickname": "kept"}))]);
    let parts = batch(&fixture, body).await;
    assert_eq!(parts.len(), 2);
    let error = &parts[0].json()["error"];
    assert_eq!((parts[0].status(), &error["code"]), (400, &"COE_GENERAL_BAD_REQUEST".into()));
    let text = error["message"]["value"].as_str().unwrap();
    assert!(text.starts_with("[COE0018]DUPLICATE_USERNAME") && text.ends_with("with the index 0"), "{text}");
    assert_eq!(parts[1].change_set()[0].json()["d"][0]["status"], "OK");
    assert!(fixture.tenant.user("new.1").is_none());
    assert_eq!(fixture.tenant.user("jsmith").unwrap(), before);
    assert_eq!(fixture.tenant.user("cmueller").unwrap()["nickname"], "kept");
    // What was taken back can be done again.
    let parts = batch(&fixture, change_set(1, &[new])).await;
    assert_eq!(parts[0].change_set()[0].status(), 200);
    assert!(fixture.tenant.password_matches("new.1", "Passw0rd1"));
}

/// 2H 2020: `enableUpsertResponseExtensionInChangeset=true` tells all errors, not only the first.
#[tokio::test]
async fn extension_tells_every_error() {
    let fixture = Fixture::new(100).await;
    let rows = json!([
        record("cmueller", &json!({"username": "jsmith"})),
        record("jsmith", &json!({"status": "e"})),
        record("wang.xm", &json!({"nickname": "a"}))
    ]);
    let body = change_set(1, &[rows])
        .replace("$format=json", "$format=json&enableUpsertResponseExtensionInChangeset=true");
    let part = batch(&fixture, body).await.remove(0);
    let rows = part.json()["d"].as_array().unwrap().clone();
    let errors = rows.iter().filter(|row| row["status"] == "ERROR").count();
    assert_eq!((part.status(), errors, rows.len()), (400, 2, 3));
}

/// KBA 2614934: 180 requests, those in change sets counted one by one; the records of an upsert do not count.
#[tokio::test]
async fn batch_has_180_requests_at_most() {
    let fixture = Fixture::new(70).await;
    let one = record("cmueller", &json!({"nickname": "a"}));
    let reads = |count: usize| get("User/$count").repeat(count);
    let writes = change_set(1, &[one.clone(), json!([one.clone(), one])]);
    assert_eq!(batch(&fixture, reads(178) + &writes).await.len(), 179);
    for body in [reads(181), reads(179) + &writes] {
        let answer = send(&fixture, format!("{body}--b--\r\n")).await;
        assert_eq!((answer.status, answer.code()), (400, "BadRequestException".to_owned()));
        assert_eq!(answer.message(), "The request count exceeds the maximum request count allowed : 180");
    }
}

/// docs/successfactors.md#batches: bare line feeds are accepted, and `Content-Length` is not needed.
#[tokio::test]
async fn bare_line_feeds_are_taken() {
    let fixture = Fixture::new(70).await;
    let body = get("User('cmueller')") + &change_set(1, &[record("cmueller", &json!({"nickname": "a"}))]);
    let body: String = body
        .replace("\r\n", "\n")
        .lines()
        .filter(|line| !line.starts_with("Content-Length"))
        .map(|line| format!("{line}\n"))
        .collect();
    let parts = batch(&fixture, body).await;
    assert_eq!((parts[0].status(), parts[1].change_set()[0].status()), (200, 200));
}

/// The request of KBA 3709239 as it was published, with lengths that are not those of its bodies, for an entity
/// set that every tenant has.
#[tokio::test]
async fn captured_request_is_understood() {
    let fixture = Fixture::new(70).await;
    let part = |number: u8, user: &str| {
        format!(
            "--batch_AAATMA\nContent-Type: multipart/mixed; boundary=changeset_000{number}\n\n\
             --changeset_000{number}\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n\
             POST upsert?$format=json HTTP/1.1\nContent-Length: 299\ncontent-type: application/json\n\n\
             {{\"nickname\":\"a\",\"userId\":\"{user}\",\"__metadata\":{{\"uri\":\"User\"}}}}\n--changeset_000{number}--\n"
        )
    };
    let body = part(1, "cmueller") + &part(2, "nobody") + "--batch_AAATMA--\n";
    let request = fixture.http.post(format!("{}/odata/v2/$batch", fixture.tenant.base_url()));
    let request = request.bearer_auth(&fixture.token);
    let request = request.header("content-type", "multipart/mixed;boundary=batch_AAATMA").body(body);
    let answer = Answer::of(request.send().await.unwrap()).await;
    let parts = parts(&answer.text, answer.header("content-type"));
    assert_eq!((parts.len(), parts[0].change_set()[0].status(), parts[1].status()), (2, 200, 400));
}

/// Writes need a change set, reads must not be in one, and a batch is never in another.
#[tokio::test]
async fn requests_in_the_wrong_place_are_refused() {
    let fixture = Fixture::new(70).await;
    let in_change_set = get("User/$count").replace("--b\r\n", "--c\r\n");
    let body = get("User('cmueller')").replace("GET", "POST")
        + &format!("--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{in_change_set}--c--\r\n")
        + &get("$batch")
        + &get("../../sandbox/status")
        + &get("/oauth/token");
    let parts = batch(&fixture, body).await;
    let statuses: Vec<u16> = parts.iter().map(Part::status).collect();
    assert_eq!(statuses, [400, 400, 400, 400, 404]);
}

#[tokio::test]
async fn bodies_that_are_no_batch_are_refused() {
    let fixture = Fixture::new(5).await;
    let good = get("User/$count");
    for body in [
        String::new(),
        good.clone(),
        "--b\r\n\r\n\r\n--b--".into(),
        good.replace("GET", "") + "--b--",
        good.replace("application/http", "text/plain") + "--b--",
        "--b\r\n".repeat(5000) + "--b--",
    ] {
        let answer = send(&fixture, body.clone()).await;
        assert_eq!((answer.status, answer.code()), (400, "BadRequestException".to_owned()), "{body}");
    }
    let empty = send(&fixture, "--b--".to_owned()).await;
    assert_eq!(empty.status, 200);
    assert_eq!(fixture.raw("/odata/v2/$batch").await.status, 400);
    let request = fixture.http.post(format!("{}/odata/v2/$batch", fixture.tenant.base_url()));
    assert_eq!(request.send().await.unwrap().status(), 401);
}

/// docs/successfactors.md#batches: the outer status is a switch.
#[tokio::test]
async fn outer_status_is_switchable() {
    let switches = Switches { batch_status: 202, changeset_error_status: 500, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(70) }).await;
    let failing = change_set(1, &[record("jsmith", &json!({"username": "JSmith"}))]);
    let answer = send(&fixture, failing + "--b--").await;
    assert_eq!(answer.status, 202);
    assert_eq!(parts(&(answer.text.clone()), answer.header("content-type"))[0].status(), 500);
}

/// Single entities are written in change sets too, and merged where the switch allows it.
#[tokio::test]
async fn entities_are_inserted_and_merged_in_change_sets() {
    let switches = Switches { merge_in_batch: true, patch_is_merge: true, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(70) }).await;
    let insert = change_set(1, &[json!({"userId": "new.1", "username": "new.1", "status": "t"})])
        .replace("POST upsert", "POST User");
    let merge = change_set(2, &[json!({"nickname": "x"})]).replace("POST upsert", "MERGE User('new.1')");
    let parts = batch(&fixture, insert + &merge).await;
    let created = &parts[0].change_set()[0];
    assert_eq!((created.status(), &created.json()["d"]["userId"]), (201, &"new.1".into()));
    assert_eq!(parts[1].change_set()[0].status(), 200);
    assert_eq!(fixture.tenant.user("new.1").unwrap()["nickname"], "x");
    let patch = change_set(1, &[json!({"nickname": "y"})]).replace("POST upsert", "PATCH User('new.1')");
    assert_eq!(batch(&fixture, patch).await[0].change_set()[0].status(), 200);
    assert_eq!(fixture.tenant.user("new.1").unwrap()["nickname"], "y");
}

/// SAP/cloud-sdk-js issue 1323: SuccessFactors takes no partial update inside of a batch; the status is unconfirmed.
/// What stands with it in the change set is taken back. PUT works (SAP/python-pyodata issue 136).
#[tokio::test]
async fn partial_updates_are_refused_in_change_sets() {
    let fixture = Fixture::new(70).await;
    let bodies = [record("jsmith", &json!({"nickname": "with it"})), json!({"nickname": "x"})];
    for verb in ["PATCH", "MERGE"] {
        let body = change_set(1, &bodies);
        let (first, second) = body.rsplit_once("POST upsert").unwrap();
        let part = batch(&fixture, format!("{first}{verb} User('cmueller'){second}")).await.remove(0);
        assert_eq!(part.status(), 405, "{part:?}");
    }
    for user in ["cmueller", "jsmith"] {
        let nickname = fixture.tenant.user(user).unwrap().get("nickname").cloned();
        assert!(nickname.is_none_or(|name| name != "x" && name != "with it"));
    }
    let put = change_set(1, &[json!({"username": "cmueller", "status": "t", "title": "put"})]);
    let put = put.replace("POST upsert", "PUT User('cmueller')");
    assert_eq!(batch(&fixture, put).await[0].change_set()[0].status(), 200);
    assert_eq!(fixture.tenant.user("cmueller").unwrap()["title"], "put");
}

/// SAP/python-pyodata issues 136 and 285: whatever stands where a boundary is due is refused by its line, an empty line
/// among it, and nothing is written. RFC 2046 would pass over it.
#[tokio::test]
async fn nothing_but_a_boundary_stands_where_one_is_due() {
    let fixture = Fixture::new(70).await;
    let write = change_set(1, &[record("new.1", &json!({"username": "new.1", "status": "t"}))]);
    let later = get("User/$count") + &write.replace("c1\r\n\r\n--c1", "c1\r\n\r\n\r\n--c1");
    for (body, line) in [
        (write.replace("c1\r\n\r\n--c1", "c1\r\n\r\n\r\n--c1"), 4),
        (write.replace("c1\r\n\r\n--c1", "c1\r\n\r\n\r\n--c1").replace("\r\n", "\n"), 4),
        (write.replace("c1\r\n\r\n--c1", "c1\r\n\r\npreamble\r\n--c1"), 4),
        (write.replace("c1\r\n\r\n--c1", "c1\r\n\r\n--c2"), 4),
        (later, 12),
        (format!("\r\n{write}"), 1),
        (format!("preamble\r\n{write}"), 1),
        (write.replace("--b\r\n", "--c\r\n"), 1),
        (format!("{write}\r\nafterwards\r\n"), 15),
    ] {
        let answer = send(&fixture, format!("{body}--b--\r\n")).await;
        assert_eq!((answer.status, answer.code()), (400, "BadRequestException".to_owned()), "{body}");
        assert_eq!(answer.message(), format!("Missing boundary delimiter at line '{line}'."), "{body}");
        assert!(fixture.tenant.user("new.1").is_none());
    }
    // Other bodies that are none: without their last boundary, or with an empty line before the request.
    for body in [
        write.clone(),
        write.replace("--c1--\r\n", "") + "--b--\r\n",
        write.replace("binary\r\n\r\nPOST", "binary\r\n\r\n\r\nPOST") + "--b--\r\n",
    ] {
        let answer = send(&fixture, body.clone()).await;
        assert_eq!((answer.status, answer.code()), (400, "BadRequestException".to_owned()), "{body}");
        assert!(fixture.tenant.user("new.1").is_none());
    }
    // Where RFC 2046 is followed for the outer body, what stands before it is passed over.
    let switches = Switches { batch_preamble: true, ..Switches::default() };
    let lenient = Fixture::with(Options { switches, ..options(70) }).await;
    assert_eq!(send(&lenient, format!("preamble\r\n\r\n{write}--b--\r\n")).await.status, 200);
    assert!(lenient.tenant.user("new.1").is_some());
    // An empty line behind a change set and text behind everything are nobody's business.
    let written = send(&fixture, format!("{write}\r\n--b--\r\nthe end\r\n")).await;
    assert_eq!((written.status, fixture.tenant.user("new.1").is_some()), (200, true));
}

/// Troubles meet the requests inside by their own method and path, and the evidence shows them.
#[tokio::test]
async fn troubles_reach_into_a_batch() {
    let fixture = Fixture::new(100).await;
    for fault in
        ["throttle=7:/User('jsmith')*1", "deadlock:POST /odata/v2/upsert*1", "truncate:/User/$count*1"]
    {
        fixture.tenant.inject(fault.parse::<Fault>().unwrap());
    }
    let write = change_set(1, &[record("cmueller", &json!({"nickname": "a"}))]);
    let body = get("User('jsmith')") + &write + &get("User/$count") + &get("User('jsmith')");
    let parts = batch(&fixture, body).await;
    assert!(parts[0].single().1.contains("Retry-After: 7"));
    assert!(parts[1].json()["error"]["message"]["value"].as_str().unwrap().contains("ORA-00060"));
    assert_eq!((parts[2].single().2.len(), parts[3].status()), (1, 200));
    let seen = fixture.tenant.requests().pop().unwrap();
    let statuses: Vec<u16> = seen.parts.iter().map(|part| part.status).collect();
    assert_eq!((seen.status, statuses), (200, vec![429, 400, 200, 200]));
    assert_eq!(seen.parts[0].faults, ["throttle=7"]);
    assert_eq!(seen.parts[1].body.as_ref().unwrap()["nickname"], "a");
    assert!(seen.parts[1].change_set);
}

/// A connection that is cut in the middle of a batch: what came before has happened, what came after has not.
#[tokio::test]
async fn cut_ends_a_batch_where_it_meets_it() {
    let fixture = Fixture::new(100).await;
    fixture.tenant.inject("cut-after:/User('wang.xm')*1".parse::<Fault>().unwrap());
    let write = |user: &str, number| change_set(number, &[record(user, &json!({"nickname": "cut"}))]);
    let body = write("cmueller", 1) + &get("User('wang.xm')") + &write("jsmith", 2) + "--b--";
    let request = fixture.http.post(format!("{}/odata/v2/$batch", fixture.tenant.base_url()));
    let request = request.header("content-type", "multipart/mixed; boundary=b").bearer_auth(&fixture.token);
    assert!(request.body(body).send().await.is_err());
    assert_eq!(fixture.tenant.user("cmueller").unwrap()["nickname"], "cut");
    assert_ne!(fixture.tenant.user("jsmith").unwrap().get("nickname"), Some(&"cut".into()));
    assert_eq!(fixture.tenant.requests().pop().unwrap().status, 0);
}

/// docs/successfactors.md#batches: nobody has seen a `Content-ID` being referred to, so that `$1` is an entity that is
/// not there, unless the switch makes it the one that an earlier request of the change set made (OData V2, batch
/// processing §2.2.1).
#[tokio::test]
async fn content_ids_refer_where_switched_on() {
    let new = json!({"userId": "new.1", "username": "new.1", "status": "t"});
    let new_in_upsert = record("new.2", &json!({"username": "new.2", "status": "t"}));
    let by_path = change_set(1, &[new.clone(), json!({"nickname": "x"})])
        .replacen("POST upsert", "POST User", 1)
        .replacen("POST upsert", "MERGE $a", 1)
        .replacen("binary\r\n\r\nPOST", "binary\r\nContent-ID: a\r\n\r\nPOST", 1);
    let stub = json!({"__metadata": {"uri": "$b"}});
    let by_link = change_set(2, &[new_in_upsert, record("jsmith", &json!({"manager": stub}))]).replacen(
        "content-type: application/json",
        "content-type: application/json\r\nContent-ID: b",
        1,
    );
    let foreign = change_set(3, &[json!({"nickname": "y"})]).replace("POST upsert", "MERGE $a");
    let fixture = Fixture::new(70).await;
    let parts = batch(&fixture, by_path.clone() + &by_link).await;
    assert_eq!(parts[0].json()["error"]["code"], "COE_ENTITY_NOT_FOUND");
    assert_eq!(parts[1].status(), 400);
    assert!(fixture.tenant.user("new.1").is_none() && fixture.tenant.user("new.2").is_none());
    let switches = Switches { content_id_references: true, merge_in_batch: true, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(70) }).await;
    let parts = batch(&fixture, by_path + &by_link + &foreign).await;
    let statuses: Vec<u16> = parts[0].change_set().iter().map(Part::status).collect();
    assert_eq!(statuses, [201, 200]);
    assert!(parts[0].change_set()[0].single().1.to_ascii_lowercase().contains("content-id: a"));
    assert_eq!(fixture.tenant.user("new.1").unwrap()["nickname"], "x");
    assert_eq!(parts[1].change_set()[1].json()["d"][0]["status"], "OK");
    assert_eq!(fixture.tenant.user("jsmith").unwrap()["manager"][0], "new.2");
    assert_eq!(parts[2].json()["error"]["code"], "COE_ENTITY_NOT_FOUND");
}

fn in_change_set(number: usize, requests: &[(&str, &Value)]) -> String {
    let bodies: Vec<Value> = requests.iter().map(|(_, body)| (*body).clone()).collect();
    let text = change_set(number, &bodies);
    let mut parts = text.split("POST upsert?$format=json");
    let mut out = parts.next().unwrap().to_owned();
    for ((line, _), rest) in requests.iter().zip(parts) {
        out += line;
        out += rest;
    }
    out
}

/// OData V2: a change set has writes and functions that are called with POST; docs/successfactors.md#function-imports:
/// those that write with GET are requests of their own, and what they did stays.
#[tokio::test]
async fn functions_take_part_in_change_sets_if_they_are_posts() {
    let fixture = Fixture::new(70).await;
    let new = record("new.1", &json!({"username": "new.1", "status": "t"}));
    let question = json!({"accessUserId": "sfapi", "permType": "user", "targetUserId": "new.1"});
    let nothing = json!({});
    let upsert = ("POST upsert?$format=json", &new);
    let check = ("POST checkUserPermissions?$format=json", &question);
    let next = ("POST generateNextPersonID?$format=json", &nothing);
    let update = "updateStaticGroup?groupId=3605L&action='ADD'&userIds='cmueller'&$format=json";
    let (add, post) = (format!("GET {update}"), format!("POST {update}"));
    let failing = record("jsmith", &json!({"username": "JSmith"}));
    let body = in_change_set(1, &[upsert, check, next])
        + &in_change_set(2, &[(&add, &nothing)])
        + &in_change_set(3, &[(&post, &nothing)])
        + &get(update)
        + &in_change_set(4, &[next, ("POST upsert?$format=json", &failing)]);
    let parts = batch(&fixture, body).await;
    let statuses: Vec<u16> = parts[0].change_set().iter().map(Part::status).collect();
    assert_eq!(statuses, [200, 200, 200]);
    // The check sees what came before it in the change set.
    let answer = parts[0].change_set()[1].json()["d"]["checkUserPermissions"].as_str().unwrap().to_owned();
    assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()[0]["result"], true);
    assert_eq!((parts[1].status(), parts[2].status()), (400, 400));
    assert_eq!(parts[3].json()["d"]["updateStaticGroup"], 1);
    assert_eq!(parts[4].status(), 400);
    let members =
        fixture.get("getUsersByDynamicGroup", &[("groupId", "3605"), ("activeOnly", "false")]).await;
    assert!(members.text.contains("cmueller"));
}
