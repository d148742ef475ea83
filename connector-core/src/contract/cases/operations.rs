//! What the manifest lists works, and what it does not list is unsupported.

use super::cases;
use crate::context::Context;
use crate::contract::check::{CaseResult, ensure, refused};
use crate::contract::suite::{Suite, collect};
use crate::error::{Error, ErrorKind};
use crate::object::ObjectClass;
use crate::operation::{
    ExplainRequest, GetRequest, ImportRequest, LookupRequest, ObjectId, Operation, ResetPasswordRequest,
    SaveRequest, SearchRequest, Subject,
};

cases!("operations":
    a_test_says_what_it_tried,
    what_the_manifest_does_not_list_is_unsupported,
);

async fn a_test_says_what_it_tried(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Test])?;
    let report = suite.connector.test(&Context::new()).await?;
    ensure(!report.checks.is_empty(), || "the test report is empty".into())
}

/// Every class counts here, not only the one under test.
async fn what_the_manifest_does_not_list_is_unsupported(suite: &Suite<'_>) -> CaseResult {
    for class in &suite.connector.manifest().object_classes {
        for operation in Operation::ALL.into_iter().filter(|operation| !class.operations.contains(operation))
        {
            let result = call(suite, &class.name, operation, &Context::new()).await?;
            refused(&format!("{operation} {}", class.name), result, &[ErrorKind::Unsupported])?;
        }
    }
    Ok(())
}

/// Calls an operation with the least that it takes, for an object that does not exist.
pub(super) async fn call(
    suite: &Suite<'_>,
    class: &ObjectClass,
    operation: Operation,
    context: &Context,
) -> CaseResult<Result<(), Error>> {
    let (connector, uid) = (&suite.connector, suite.fixture.unknown_uid());
    let id = ObjectId::new(class.clone(), uid.clone());
    Ok(match operation {
        Operation::Test => connector.test(context).await.map(drop),
        Operation::Schema => connector.schema(context).await.map(drop),
        Operation::Get => connector.get(context, &GetRequest::new(class.clone(), uid)).await.map(drop),
        Operation::Search => {
            let request = SearchRequest::new(class.clone());
            collect(connector.search(context, request)).await?.end.map(drop)
        }
        Operation::Import => {
            let request = ImportRequest::new(class.clone());
            collect(connector.import(context, request)).await?.end.map(drop)
        }
        Operation::Save => {
            let request = suite.create_request(&suite.new_object());
            connector.save(context, &SaveRequest { object_class: class.clone(), ..request }).await.map(drop)
        }
        Operation::Delete => connector.delete(context, &id).await.map(drop),
        Operation::Suspend => connector.suspend(context, &id).await.map(drop),
        Operation::Resume => connector.resume(context, &id).await.map(drop),
        Operation::Lookup => connector.lookup(context, &LookupRequest::new("no-such-list")).await.map(drop),
        Operation::Explain => {
            let request = ExplainRequest { object_class: class.clone(), subject: Subject::Uid(uid) };
            connector.explain(context, &request).await.map(drop)
        }
        Operation::ResetPassword => {
            let new_password = suite.fixture.password();
            let request = ResetPasswordRequest { object_class: class.clone(), uid, new_password };
            connector.reset_password(context, &request).await.map(drop)
        }
    })
}
