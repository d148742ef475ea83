//! From the rows of a page to records: each is mapped once, when its turn comes, or together with those whose companions
//! are read at the same time.

use std::collections::VecDeque;

use connector_core::Result;

use super::companion::Companion;
use super::query_plan::QueryPlan;
use super::row_reader::Record;
use crate::http::Scope;
use crate::odata::row::Row;
use crate::tenant::Session;

/// The rows of a page that are not used up.
#[derive(Debug, Default)]
pub(crate) struct Records {
    rows: VecDeque<Row>,
    /// Those whose companions were read.
    mapped: VecDeque<Result<Record>>,
    /// Whether another page follows.
    more: bool,
}

impl Records {
    /// The rows of a page.
    pub fn new(rows: Vec<Row>, more: bool) -> Self {
        Self { rows: rows.into(), mapped: VecDeque::new(), more }
    }

    /// The next record, or why there is none in the next row. Companions are read of what is `wanted`, as far as that is
    /// known without them.
    ///
    /// # Errors
    ///
    /// Those of reading companions.
    pub async fn next(
        &mut self,
        plan: &QueryPlan,
        companion: Option<&mut Box<dyn Companion>>,
        (session, scope): (&Session, &Scope),
        wanted: impl Fn(&Record) -> bool,
    ) -> Result<Option<Result<Record>>> {
        let Some(companion) = companion else {
            return Ok(self.rows.pop_front().map(|row| plan.read(&row)));
        };
        if self.mapped.is_empty() && !self.rows.is_empty() {
            let size = companion.chunk(session).clamp(1, self.rows.len());
            self.mapped = self.rows.drain(..size).map(|row| plan.read(&row)).collect();
            let records = self.mapped.iter().flatten().filter(|record| wanted(record));
            let uids: Vec<_> = records.map(|record| record.object.uid.clone()).collect();
            companion.load(session, scope, &uids, self.more || !self.rows.is_empty()).await?;
            self.mapped.iter_mut().flatten().for_each(|record| companion.attach(&mut record.object));
        }
        Ok(self.mapped.pop_front())
    }
}
