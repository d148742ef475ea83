//! Requests stirred from a seed, byte by byte, on a bare socket: request lines, headers, bodies of every kind. Each
//! gets an answer or a closed connection: no panic, no hang, no 500 that is not meant.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use crate::support;

use std::time::{Duration, Instant};

use support::Fixture;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A number of the environment: `SFSF_STIR_SECONDS` for how long the stirring goes on, `SFSF_STIR_SEED` for another
/// run than the usual one.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// A text with some bytes changed, doubled, dropped or cut.
    fn stir(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..self.below(6) {
            if bytes.is_empty() {
                break;
            }
            let at = self.below(bytes.len());
            match self.below(5) {
                0 => bytes[at] = u8::try_from(self.below(256)).unwrap(),
                1 => bytes.insert(at, *b"'\"(){}[]<>%&=?/:,;-\r\n\0 ".get(self.below(24)).unwrap_or(&b'x')),
                2 => drop(bytes.remove(at)),
                3 => bytes.truncate(at),
                _ => {
                    let end = (at + self.below(40)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        bytes
    }
}

const LINES: &[&str] = &[
    "GET /odata/v2/User?$filter=userId%20eq%20'cmueller'&$format=json",
    "GET /odata/v2/User('cmueller')?$expand=manager/hr&$select=userId,manager/userId",
    "GET /odata/v2/User?$top=3&$skip=1&paging=snapshot&customPageSize=2&$inlinecount=allpages",
    "GET /odata/v2/User?$skiptoken=eyJzdGFydFJvdyI6MTAwMCwiZW5kUm93IjoyMDAwfQ==",
    "GET /odata/v2/checkUserPermission?accessUserId='sfapi'&permType='x'&permLongValue=-1L",
    "GET /odata/v2/User,User/$metadata",
    "GET /sandbox/requests?status=200&after=1&limit=2",
    "POST /odata/v2/upsert?$format=json&purgeType=full",
    "POST /odata/v2/$batch",
    "POST /odata/v2/User",
    "MERGE /odata/v2/User('cmueller')",
    "PUT /odata/v2/User('cmueller')",
    "DELETE /odata/v2/User('cmueller')",
    "POST /oauth/token?company_id=ACME",
    "POST /sandbox/faults",
    "POST /sandbox/clock",
];

const KINDS: &[&str] = &[
    "application/json",
    "application/atom+xml",
    "multipart/mixed; boundary=b",
    "application/x-www-form-urlencoded",
    "text/plain",
];

const BODIES: &[&str] = &[
    r#"{"__metadata":{"uri":"User('cmueller')"},"nickname":"x","hireDate":"/Date(0)/","totalTeamSize":"5"}"#,
    r#"[{"__metadata":{"uri":"User","type":"SFOData.User"},"userId":"n1","username":"n1","status":"t","manager":{"__metadata":{"uri":"User('jsmith')"}}}]"#,
    "<entry xmlns=\"http://www.w3.org/2005/Atom\" xmlns:m=\"u:m\" xmlns:d=\"u:d\"><id>User('cmueller')</id><content><m:properties><d:nickname>x</d:nickname></m:properties></content></entry>",
    "--b\r\nContent-Type: application/http\r\n\r\nGET User('cmueller')?$format=json HTTP/1.1\r\n\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\nPOST upsert HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{\"__metadata\":{\"uri\":\"User('cmueller')\"},\"nickname\":\"y\"}\r\n--c--\r\n--b--\r\n",
    "client_id=x&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer&assertion=PHg%2B",
    "nothing=1:/odata/v2/User*2",
    "9999999999",
];

async fn ask(fixture: &Fixture, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(fixture.tenant.address()).await.unwrap();
    // The tenant may have closed the connection before it has read everything.
    let _closed = stream.write_all(request).await;
    let _closed = stream.shutdown().await;
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await;
    assert!(read.is_ok(), "no answer to {}", String::from_utf8_lossy(request));
    String::from_utf8_lossy(&answer).into_owned()
}

/// Issue 3, "it holds when", 6: malformed requests get the real one's error.
#[tokio::test(flavor = "multi_thread")]
async fn stirred_requests_on_a_socket_are_answered() {
    let fixture = Fixture::new(70).await;
    let (mut dice, started, mut asked) = (Dice(setting("SFSF_STIR_SEED", 2_026)), Instant::now(), 0_u32);
    let time = Duration::from_secs(setting("SFSF_STIR_SECONDS", 8));
    while started.elapsed() < time {
        let line = dice.pick(LINES);
        let line = dice.stir(line);
        let body = dice.pick(BODIES);
        let body = dice.stir(body);
        let kind = dice.pick(KINDS);
        let mut request = line;
        let head = format!(
            " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            fixture.token,
            body.len()
        );
        request.extend_from_slice(head.as_bytes());
        request.extend_from_slice(&body);
        let answer = ask(&fixture, &request).await;
        let meant = answer.contains("[SNP]") || answer.contains("[COE0019]");
        let failed = answer.starts_with("HTTP/1.1 5") && !meant;
        assert!(!failed, "{}\n{answer}", String::from_utf8_lossy(&request));
        // A clock that was put wrong would end the token.
        fixture.tenant.clear_faults();
        asked += 1;
    }
    println!("{asked} requests");
    assert_eq!(fixture.get("User('sfapi')", &[]).await.status, 200);
}
