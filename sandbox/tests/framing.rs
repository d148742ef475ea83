//! Trouble with the framing of answers, seen on a bare socket (issue 3, part 6: chunked garbage).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::time::Duration;

use sandbox::Fault;
use support::Fixture;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn with(fault: &str) -> Fixture {
    let fixture = Fixture::new(100).await;
    fixture.tenant.inject(fault.parse::<Fault>().unwrap());
    fixture
}

/// The bytes of an answer until the connection ends; the client would keep it.
async fn bytes(fixture: &Fixture, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(fixture.tenant.address()).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nAuthorization: Bearer {}\r\n\r\n",
        fixture.token
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer)).await;
    read.unwrap().unwrap();
    answer
}

/// One good chunk, noise instead of the next one's size, and no end.
#[tokio::test]
async fn chunks_turn_into_noise() {
    let fixture = with("chunked-garbage:/User*1").await;
    let answer = bytes(&fixture, "/odata/v2/User?$format=json").await;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK") && head.contains("transfer-encoding: chunked"), "{head}");
    let (size, rest) = body.split_once("\r\n").unwrap();
    let (chunk, noise) = rest.split_at(usize::from_str_radix(size, 16).unwrap());
    assert!(chunk.starts_with("{\"d\":{\"results\":[") && chunk.len() > 10_000);
    let noise = noise.strip_prefix("\r\n").unwrap();
    assert!(noise.len() > chunk.len() && noise.bytes().all(|byte| byte == b'~'));
}

/// Answers of a few bytes break too, and the connection ends.
#[tokio::test]
async fn short_answers_break_like_long_ones() {
    let fixture = with("chunked-garbage:/User").await;
    let answer = bytes(&fixture, "/odata/v2/User/$count").await;
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.contains("\r\n\r\n1\r\n") && answer.ends_with('~'), "{answer}");
}

/// What a client makes of it: a head that says 200, and a body that cannot be read; the next answer is fine.
#[tokio::test]
async fn clients_cannot_read_the_noise() {
    let fixture = with("chunked-garbage*1").await;
    let request = fixture.http.get(format!("{}/odata/v2/User", fixture.tenant.base_url()));
    let sent = request.bearer_auth(&fixture.token).send().await;
    assert!(match sent {
        Ok(response) => response.text().await.is_err(),
        Err(_) => true,
    });
    assert_eq!(fixture.tenant.requests().last().unwrap().faults, ["chunked-garbage"]);
    assert_eq!(fixture.get("User", &[]).await.status, 200);
}

/// A part of a batch is no answer on the wire.
#[tokio::test]
async fn parts_of_a_batch_are_spared() {
    let fixture = with("chunked-garbage:GET").await;
    let body = "--b\r\nContent-Type: application/http\r\n\r\nGET User/$count HTTP/1.1\r\n\r\n\r\n--b--\r\n";
    let request = fixture.http.post(format!("{}/odata/v2/$batch", fixture.tenant.base_url()));
    let request = request.bearer_auth(&fixture.token).header("content-type", "multipart/mixed; boundary=b");
    let answer = request.body(body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(!answer.text().await.unwrap().contains('~'));
    assert_eq!(fixture.tenant.faults().len(), 1);
}
