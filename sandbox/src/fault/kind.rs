//! The troubles that there are.

/// A trouble that the tenant makes on purpose. Its text form is
/// `KIND[=ARGUMENT][%RATE][:[METHOD ]PATH[ ~TEXT]][*TIMES]`, as `throttle=1:/odata/v2/User*2`,
/// `cut-after:POST /odata/v2/upsert ~'jdoe'*1` or `html=502%10`; see [`FaultKind`] for the kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which requests it meets.
    pub matching: Matching,
    /// What happens to them.
    pub what: FaultKind,
    /// How often it happens before it is over; `None` for as long as the tenant runs.
    pub times: Option<u32>,
    /// How many of a hundred requests that it meets it happens to, 1 to 99; `None` for all of them. Which ones
    /// is drawn from the tenant's seed, so that the same requests meet the same troubles again.
    pub rate: Option<u8>,
}

/// Which requests a fault meets. Empty, it meets everything but the control interface.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// The method, as `POST`.
    pub method: Option<String>,
    /// A part of the path with the query, as it comes, percent-encoded.
    pub path: Option<String>,
    /// A part of the body.
    pub body: Option<String>,
}

/// A kind of trouble, with its text form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// `throttle[=SECONDS]`: 429 with `Retry-After` (KBA 3159263); 300 seconds unless given.
    Throttle(u64),
    /// `unavailable[=SECONDS]`: 503 COE0040 with `Retry-After` (KBA 3271514); 300 seconds unless given.
    Unavailable(u64),
    /// `html[=STATUS]`: 502, 503 or 504 with an HTML page (KBA 2545055); 502 unless given.
    Html(u16),
    /// `maintenance`: 503 with the plain text of a maintenance (KBA 2545055).
    Maintenance,
    /// `truncate`: a complete HTTP answer whose body ends half-way.
    Truncate,
    /// `cut-before`: the connection breaks before the request has any effect.
    CutBefore,
    /// `cut-after`: the request has its effect, then the connection breaks without an answer.
    CutAfter,
    /// `cut-middle`: the connection breaks half-way through the answer.
    CutMiddle,
    /// `latency=MILLISECONDS`: the answer comes late.
    Latency(u64),
    /// `hang`: no answer until the client or the tenant gives up.
    Hang,
    /// `expire-tokens[=STATUS]`: all tokens end, and the request is refused with LGN0022 as 401 or 403; 403
    /// unless given (KBA 2872019).
    ExpireTokens(u16),
    /// `foreign-next[=HOST]`: the link to the next page leads to another host; `evil.example` unless given.
    ForeignNext(String),
    /// `loop-next`: the link to the next page leads to the same page again.
    LoopNext,
    /// `bad-record`: the record in the middle of a page has no key and a date that is none.
    BadRecord,
    /// `deadlock`: the first row of an upsert fails with a database deadlock (KBA 2741801).
    Deadlock,
    /// `conflict`: the first row of an upsert fails with 412, changed by somebody else
    /// (docs/successfactors.md#upsert-rows).
    Conflict,
    /// `garbage`: a complete answer that says it is JSON and is a thousand bytes of nothing.
    Garbage,
    /// `chunked-garbage`: an answer in chunks whose first half arrives, and then noise where the next chunk should
    /// begin. HTTP/2 has no chunks and is spared; so are requests inside of a `$batch`.
    ChunkedGarbage,
    /// `clock-skew[=SECONDS]`: from this request on the tenant's clock is ahead by that much, or behind if
    /// it is negative; 300 unless given. It goes right again when the faults are cleared.
    ClockSkew(i64),
    /// `revoke-token[=STATUS]`: the token of this request ends, and the request is refused with LGN0022 as 401
    /// or 403; 403 unless given.
    RevokeToken(u16),
    /// `lose-snapshot`: all snapshots are lost; meets only requests with a `$skiptoken` (KBA 2990434).
    LoseSnapshot,
    /// `block-snapshots`: snapshots are refused for 30 minutes, as after abuse; meets only requests with
    /// `paging=snapshot` (KBA 2749091).
    BlockSnapshots,
    /// `shift-page[=ROWS]`: the next page begins that many rows later, so that rows are missed, or earlier if it
    /// is negative, so that they come twice; 1 unless given. Only pages by offset (KBA 2723468).
    ShiftPage(i64),
    /// `repeat-records[=COUNT]`: the first records of a page come again at its end; 1 unless given.
    RepeatRecords(u64),
    /// `reject-property=NAME`: a query that names this property is COE0021, although the metadata go on to list it, as
    /// with a stale metadata cache (docs/successfactors.md#metadata).
    RejectProperty(String),
}

/// When in a request's life a fault acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Before,
    Rows,
    After,
}

impl FaultKind {
    /// Whether the client gets no answer at all.
    pub(crate) fn cuts(&self) -> bool {
        matches!(self, Self::CutBefore | Self::CutAfter)
    }

    pub(crate) fn stage(&self) -> Stage {
        match self {
            Self::Deadlock | Self::Conflict => Stage::Rows,
            Self::Truncate
            | Self::CutAfter
            | Self::CutMiddle
            | Self::ForeignNext(_)
            | Self::LoopNext
            | Self::BadRecord
            | Self::Garbage
            | Self::ChunkedGarbage
            | Self::ShiftPage(_)
            | Self::RepeatRecords(_) => Stage::After,
            _ => Stage::Before,
        }
    }
}
