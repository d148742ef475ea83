//! Calls that fail before they begin.

use std::time::Duration;

use super::cases;
use super::operations::call;
use crate::context::Context;
use crate::contract::check::{CaseResult, refused};
use crate::contract::suite::Suite;
use crate::error::ErrorKind;
use crate::operation::Operation;

cases!("errors":
    an_unknown_object_class_is_an_invalid_request,
    a_cancelled_call_says_so,
    a_passed_deadline_is_a_timeout,
);

async fn an_unknown_object_class_is_an_invalid_request(suite: &Suite<'_>) -> CaseResult {
    let class = "NoSuchClass".into();
    let with_class = Operation::ALL.into_iter().filter(|o| !matches!(o, Operation::Test | Operation::Schema));
    for operation in with_class {
        let result = call(suite, &class, operation, &Context::new()).await?;
        refused(operation.as_str(), result, &[ErrorKind::InvalidRequest])?;
    }
    Ok(())
}

async fn a_cancelled_call_says_so(suite: &Suite<'_>) -> CaseResult {
    let context = Context::new();
    context.cancellation().cancel();
    every_operation_fails(suite, &context, ErrorKind::Cancelled).await
}

async fn a_passed_deadline_is_a_timeout(suite: &Suite<'_>) -> CaseResult {
    let context = Context::new().with_timeout(Duration::ZERO);
    every_operation_fails(suite, &context, ErrorKind::Timeout).await
}

async fn every_operation_fails(suite: &Suite<'_>, context: &Context, kind: ErrorKind) -> CaseResult {
    for operation in &suite.manifest.operations {
        refused(operation.as_str(), call(suite, &suite.class, *operation, context).await?, &[kind])?;
    }
    Ok(())
}
