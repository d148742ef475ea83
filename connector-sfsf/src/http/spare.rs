//! Memory for answers, used again.

use std::sync::{Arc, Mutex, PoisonError};

use super::room::Room;

/// How many pieces are kept: one page is read while the next one comes.
const MAX_PIECES: usize = 2;

/// How large they are: a page of 1,000 people with all their fields has about 3 MB.
const MAX_PIECE: usize = 8 << 20;

/// Memory of answers that were read, for those to come. A page takes some megabytes, and to have them from the system
/// anew for each page is a tenth of the work of an import. Cheap to clone; what is kept is freed with the last one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spare(Arc<Mutex<Vec<Vec<u8>>>>);

impl Spare {
    /// An empty piece of memory, of some size if one is here.
    pub fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Keeps a piece of memory, whatever is in it, unless there are enough, it is a large one, or memory is scarce.
    pub fn give(&self, mut piece: Vec<u8>) {
        let mut pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_kept = piece.capacity() <= MAX_PIECE && Room::of_process().is_roomy();
        if is_kept && pieces.len() < MAX_PIECES {
            piece.clear();
            pieces.push(piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_comes_back_empty_and_is_not_hoarded() {
        let spare = Spare::default();
        for _ in 0..3 {
            spare.give(b"payroll".to_vec());
        }
        let pieces = [spare.take(), spare.take(), spare.take()];
        assert_eq!(pieces.each_ref().map(|piece| piece.len()), [0; 3]);
        assert_eq!(pieces.map(|piece| piece.capacity() > 0), [true, true, false]);
    }
}
