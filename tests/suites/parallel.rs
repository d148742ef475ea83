//! Imports that read ahead, and in several stretches at the same time: the same people, in fewer waits.

use std::collections::BTreeSet;
use std::time::Duration;

use connector_core::operation::{ImportRequest, Item, SyncToken};
use connector_core::{Connector, Context};
use connector_sfsf::SuccessFactorsConnector;
use futures_util::StreamExt;
use serde_json::json;
use tests::{Found, Tenant, collect};

async fn import(connector: &SuccessFactorsConnector) -> Found {
    collect(connector.import(&Context::new(), ImportRequest::new("User"))).await.unwrap()
}

fn sorted(found: &Found) -> Vec<&str> {
    let mut uids = found.uids();
    uids.sort_unstable();
    uids
}

/// How many pages the tenant was asked for.
fn pages(tenant: &Tenant) -> usize {
    tenant.sandbox.requests().iter().filter(|request| request.path == "/odata/v2/User").count()
}

/// Waits until the tenant has seen so many pages asked for.
async fn until_pages(tenant: &Tenant, number: usize) {
    let wait = async {
        while pages(tenant) < number {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), wait).await.expect("the page is asked for");
}

#[tokio::test]
async fn the_next_page_is_asked_for_while_this_one_is_used_up_and_no_other() {
    for paging in ["snapshot", "key", "link"] {
        let tenant = Tenant::with_people(50).await;
        let connector = tenant.with_keys(json!({"page_size": 10, "paging": paging}));
        let mut stream = connector.import(&Context::new(), ImportRequest::new("User"));
        while !matches!(stream.next().await.unwrap().unwrap(), Item::Object(_)) {}
        until_pages(&tenant, 2).await;
        assert_eq!(pages(&tenant), 2, "{paging}");
        drop(stream);
    }
}

#[tokio::test]
async fn stretches_bring_the_same_people_as_one_scan() {
    let tenant = Tenant::with_people(203).await;
    let whole = import(&tenant.with_keys(json!({"page_size": 10}))).await;
    for paging in ["snapshot", "key", "link"] {
        for parallel in [2, 3, 8] {
            let keys =
                json!({"page_size": 10, "paging": paging, "parallel": parallel, "requests_in_flight": 8});
            let found = import(&tenant.with_keys(keys)).await;
            assert_eq!(sorted(&found), sorted(&whole), "{paging}, {parallel}");
            assert_eq!(found.summary.count, 203, "nobody twice");
        }
    }
}

#[tokio::test]
async fn stretches_cost_one_request_each_beyond_the_pages() {
    let tenant = Tenant::with_people(200).await;
    let keys = json!({"page_size": 10, "parallel": 4});
    let found = import(&tenant.with_keys(keys)).await;
    assert_eq!(found.objects.len(), 200);
    // Four times five pages; one for the number of people and three borders.
    assert_eq!(pages(&tenant), 20 + 4);
}

#[tokio::test]
async fn a_tenant_with_few_people_is_read_in_one() {
    let tenant = Tenant::with_people(15).await;
    let found = import(&tenant.with_keys(json!({"page_size": 10, "parallel": 4}))).await;
    assert_eq!(found.objects.len(), 15);
    assert_eq!(pages(&tenant), 2 + 1);
}

#[tokio::test]
async fn no_more_stretches_than_requests_in_flight() {
    let tenant = Tenant::with_people(100).await;
    let keys = json!({"page_size": 10, "parallel": 8, "requests_in_flight": 2});
    assert_eq!(import(&tenant.with_keys(keys)).await.objects.len(), 100);
    assert_eq!(pages(&tenant), 10 + 2);
}

#[tokio::test]
async fn a_tenant_that_cannot_be_asked_where_to_cut_is_read_in_one() {
    let tenant = Tenant::with_people(100).await;
    tenant.fault("html=502:top=1");
    let keys = json!({"page_size": 10, "parallel": 4, "max_attempts": 1});
    assert_eq!(import(&tenant.with_keys(keys)).await.objects.len(), 100);
}

#[tokio::test]
async fn lost_snapshots_cut_answers_and_expired_tokens_lose_and_repeat_nobody() {
    for paging in ["snapshot", "key"] {
        let tenant = Tenant::with_people(203).await;
        let keys = json!({"page_size": 10, "paging": paging, "parallel": 4, "max_attempts": 8});
        let connector = tenant.with_keys(keys);
        for fault in
            ["lose-snapshot%30*6", "cut-middle%20:/odata/v2/User?*6", "expire-tokens%10:/odata/v2/User?*2"]
        {
            tenant.fault(fault);
        }
        let found = import(&connector).await;
        assert_eq!((found.uids().len(), found.summary.count), (203, 203), "{paging}");
    }
}

#[tokio::test]
async fn a_tenant_that_blocks_snapshots_is_read_by_key_in_every_stretch() {
    let tenant = Tenant::with_people(100).await;
    tenant.fault("block-snapshots*1");
    let found = import(&tenant.with_keys(json!({"page_size": 10, "parallel": 4}))).await;
    assert_eq!(found.objects.len(), 100);
}

/// Reads up to a checkpoint, and gives what came before it.
async fn until_checkpoint(connector: &SuccessFactorsConnector, number: usize) -> (Vec<String>, SyncToken) {
    let mut stream = connector.import(&Context::new(), ImportRequest::new("User"));
    let (mut uids, mut checkpoints) = (Vec::new(), 0);
    loop {
        match stream.next().await.unwrap().unwrap() {
            Item::Object(object) => uids.push(object.uid.to_string()),
            Item::Checkpoint(token) => {
                checkpoints += 1;
                if checkpoints == number {
                    return (uids, token);
                }
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_restart_in_the_middle_of_all_stretches_brings_the_rest_and_repeats_nobody() {
    let tenant = Tenant::with_people(203).await;
    let connector = tenant.with_keys(json!({"page_size": 10, "parallel": 4}));
    for number in [1, 2, 7, 15, 21] {
        let (uids, token) = until_checkpoint(&connector, number).await;
        // How many stretches there are now does not matter to a run that began before.
        for connector in [&connector, &tenant.with_keys(json!({"page_size": 10}))] {
            let request = ImportRequest::new("User").since(token.clone());
            let rest = collect(connector.import(&Context::new(), request)).await.unwrap();
            let mut all = uids.clone();
            all.extend(rest.uids().into_iter().map(str::to_owned));
            assert_eq!((all.iter().collect::<BTreeSet<_>>().len(), all.len()), (203, 203), "{number}");
            assert!(rest.summary.sync_token.is_some());
        }
    }
}

/// The number of people in one stretch is no total, and a request that asks for it anew would be sent twice.
#[tokio::test]
async fn a_restart_does_not_take_a_stretch_for_the_whole() {
    let tenant = Tenant::with_people(200).await;
    let connector = tenant.with_keys(json!({"page_size": 10, "parallel": 4}));
    let (_, token) = until_checkpoint(&connector, 1).await;
    let request = ImportRequest::new("User").since(token);
    let rest = collect(connector.import(&Context::new(), request)).await.unwrap();
    assert_eq!(rest.objects.len(), 190);
    let requests = tenant.sandbox.requests();
    let counted = requests.iter().filter(|request| request.raw_query.contains("inlinecount")).count();
    assert_eq!(counted, 1, "by the run that divided them");
}

#[tokio::test]
async fn people_who_go_during_the_scan_cost_nobody_else_their_place() {
    for paging in ["snapshot", "key"] {
        let tenant = Tenant::with_people(120).await;
        let before: BTreeSet<_> =
            import(&tenant.connector).await.uids().into_iter().map(str::to_owned).collect();
        let connector = tenant.with_keys(json!({"page_size": 10, "paging": paging, "parallel": 3}));
        let mut stream = connector.import(&Context::new(), ImportRequest::new("User"));
        let (mut seen, mut purged) = (BTreeSet::new(), 0);
        while let Some(item) = stream.next().await {
            let Item::Object(object) = item.unwrap() else { continue };
            if seen.len() % 7 == 3 && tenant.sandbox.purge(object.uid.as_str()) {
                purged += 1;
            }
            seen.insert(object.uid.to_string());
        }
        assert!(purged > 10);
        assert_eq!(seen, before, "{paging}");
    }
}
