//! Memory for answers, of which all calls of this process together have so much and no more.
//!
//! Who does not fit waits. Nobody who waits for the memory of an answer holds any for that answer, but for one at a time: a
//! large answer, which grows while it is read, and of those one is read at a time. So no two wait for each other.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use connector_core::{Error, ErrorKind, Result, Retry};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

/// What the answers of all calls take at most, with what is made of them.
pub(crate) const ROOM: usize = 256 << 20;

/// An answer and what is made of it take so many times its size at most.
pub(crate) const MADE_OF_IT: usize = 4;

/// Smaller answers are not counted: tokens, most errors, single people.
const UNCOUNTED: usize = 256 << 10;

/// Answers up to this size take their room at once. A page of 1,000 people with all their fields has about 3 MB.
const SMALL: usize = 4 << 20;

/// Room is counted in pieces of this size.
const PIECE: usize = 1 << 10;

/// So long an answer waits for room. Who holds it may be a host that does not go on with its stream.
const PATIENCE: Duration = Duration::from_secs(60);

/// The room of a process.
#[derive(Debug)]
pub(crate) struct Room {
    pieces: Arc<Semaphore>,
    /// Whose answer is larger than [`SMALL`], one at a time.
    large: Arc<Mutex<()>>,
    patience: Duration,
}

impl Room {
    /// The room of this process.
    pub fn of_process() -> &'static Self {
        static ROOM_OF_PROCESS: LazyLock<Room> = LazyLock::new(|| Room::new(ROOM, PATIENCE));
        &ROOM_OF_PROCESS
    }

    fn new(bytes: usize, patience: Duration) -> Self {
        Self { pieces: Arc::new(Semaphore::new(bytes / PIECE)), large: Arc::new(Mutex::new(())), patience }
    }

    /// Whether half of it is free.
    pub fn is_roomy(&self) -> bool {
        self.pieces.available_permits() > ROOM / PIECE / 2
    }

    /// For an answer of which the server says how long it is, or does not.
    pub fn enter(&self, announced: Option<usize>, most: usize) -> Growing<'_> {
        Growing { room: self, announced, most, covered: UNCOUNTED.min(most), pieces: None, turn: None }
    }

    async fn patiently<T>(&self, waited_for: impl Future<Output = T>) -> Result<T> {
        tokio::time::timeout(self.patience, waited_for).await.map_err(|_| {
            let message =
                format!("other calls of this process hold all memory for answers ({} MiB)", ROOM >> 20);
            Error::new(ErrorKind::Unavailable, message)
                .with_retry(Retry::Later { after: None })
                .with_advice("read the streams that are open to their end, or have fewer at a time")
        })
    }
}

/// The room of an answer that is being read.
pub(crate) struct Growing<'a> {
    room: &'a Room,
    announced: Option<usize>,
    most: usize,
    /// How long the answer may get with what is held.
    covered: usize,
    pieces: Option<OwnedSemaphorePermit>,
    turn: Option<OwnedMutexGuard<()>>,
}

impl Growing<'_> {
    /// Waits until there is room for an answer of this length; says for which length there is room.
    ///
    /// # Errors
    ///
    /// No room for a minute.
    pub async fn hold(&mut self, length: usize) -> Result<usize> {
        if length <= self.covered {
            return Ok(self.covered);
        }
        let usual = if length <= SMALL { SMALL } else { length.next_power_of_two() };
        let next = self.announced.filter(|announced| *announced >= length).unwrap_or(usual).min(self.most);
        if next > SMALL && self.turn.is_none() {
            self.pieces = None;
            self.turn = Some(self.room.patiently(Arc::clone(&self.room.large).lock_owned()).await?);
        }
        let held = self.pieces.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let more = pieces(next.saturating_mul(MADE_OF_IT)).saturating_sub(held);
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        let more = self.room.patiently(Arc::clone(&self.room.pieces).acquire_many_owned(more)).await?;
        let more = more.map_err(|_| Error::internal("the room for answers is closed"))?;
        match &mut self.pieces {
            Some(pieces) => pieces.merge(more),
            none => *none = Some(more),
        }
        self.covered = next;
        Ok(next)
    }

    /// The answer is complete.
    pub fn settle(self) -> Place {
        Place(self.pieces.map(Arc::new))
    }
}

/// The room that an answer holds, with what is made of it. Clones hold it together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place(Option<Arc<OwnedSemaphorePermit>>);

impl Place {
    /// Gives back what is more than this, unless others hold it too.
    pub fn shrink(&mut self, bytes: usize) {
        if let Some(held) = self.0.as_mut().and_then(Arc::get_mut) {
            drop(held.split(held.num_permits().saturating_sub(pieces(bytes))));
        }
    }
}

fn pieces(bytes: usize) -> usize {
    bytes.div_ceil(PIECE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    const MIB: usize = 1 << 20;

    fn room() -> Room {
        Room::new(ROOM, Duration::from_millis(20))
    }

    fn free(room: &Room) -> usize {
        room.pieces.available_permits() * PIECE / MIB
    }

    #[tokio::test]
    async fn an_answer_takes_four_times_its_size_while_it_is_read_and_what_it_needs_afterwards() {
        let room = room();
        let mut small = room.enter(None, 64 * MIB);
        assert_eq!((small.hold(1000).await.unwrap(), free(&room)), (UNCOUNTED, 256));
        assert_eq!((small.hold(MIB).await.unwrap(), free(&room)), (SMALL, 240));
        let mut place = small.settle();
        place.shrink(3 * MIB);
        assert_eq!(free(&room), 253);
        drop(place);
        let mut announced = room.enter(Some(2 * MIB), 64 * MIB);
        announced.hold(MIB).await.unwrap();
        assert_eq!(free(&room), 248);
    }

    #[tokio::test]
    async fn the_largest_answer_fits_and_fills_the_room() {
        let room = room();
        let mut large = room.enter(None, 64 * MIB);
        for length in [MIB, 5 * MIB, 20 * MIB, 64 * MIB] {
            large.hold(length).await.unwrap();
        }
        assert_eq!(free(&room), 0);
        let error = room.enter(None, 64 * MIB).hold(MIB).await.unwrap_err();
        assert_eq!((error.kind(), error.retry()), (ErrorKind::Unavailable, Retry::Later { after: None }));
        drop(large.settle());
        assert!(room.enter(None, 64 * MIB).hold(MIB).await.is_ok());
    }

    /// Nine of them at once would hold more than there is, each waiting for the rest of what it needs.
    #[tokio::test]
    async fn large_answers_are_read_one_after_the_other_and_never_wait_for_each_other() {
        let room = Room::new(ROOM, Duration::from_secs(60));
        let read = async || {
            let mut growing = room.enter(None, 64 * MIB);
            for length in (1..=64).map(|length| length * MIB) {
                growing.hold(length).await.unwrap();
                tokio::task::yield_now().await;
            }
            drop(growing.settle());
        };
        futures_util::future::join_all((0..9).map(|_| read())).await;
        assert_eq!(free(&room), 256);
    }

    #[tokio::test]
    async fn who_waits_has_a_place_once_another_is_given_back() {
        let room = Room::new(ROOM, Duration::from_secs(60));
        let mut places = Vec::new();
        for _ in 0..16 {
            let mut growing = room.enter(None, 64 * MIB);
            growing.hold(SMALL).await.unwrap();
            places.push(growing.settle());
        }
        let mut waiting = room.enter(None, 64 * MIB);
        let mut held = Box::pin(waiting.hold(SMALL));
        assert!((&mut held).now_or_never().is_none());
        places.pop();
        held.await.unwrap();
    }
}
