//! What is peculiar about a user's career.

use crate::state::dice::Dice;

/// A career. Days are counted from the tenant's day when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Leaver,
    RehiredSame,
    RehiredNew,
    Concurrent,
    Assignment,
    /// A global assignment that is over, and one that was called off.
    EndedAssignment,
    ObsoleteAssignment,
    Converted,
    Leaving,
    OnLeave,
    PaidLeave,
    Suspended,
    Furloughed,
    Dormant,
    Retired,
    /// Somebody who never came.
    NoShow,
    Contractor,
    FutureHire,
    /// Somebody whose first day is near: past, or to come.
    Starts(i16),
    /// Somebody who changes the department.
    Moves(i16),
    /// Somebody whose last day is near.
    Leaves(i16),
    Onboarding,
    /// External people and technical users have no person in Employee Central.
    Nobody,
}

impl Kind {
    /// The career of a user with a status, before it is varied.
    pub(crate) fn draw(mut dice: Dice, status: &str, employed: bool) -> Self {
        let roll = dice.below(1000);
        match status {
            _ if !employed => Self::Nobody,
            "f" => Self::Leaver,
            "e" if roll < 500 => Self::FutureHire,
            "e" => Self::Onboarding,
            "t" => match roll {
                0..15 => Self::RehiredSame,
                15..30 => Self::RehiredNew,
                30..40 => Self::Concurrent,
                40..50 => Self::Assignment,
                50..70 => Self::Converted,
                70..80 => Self::Leaving,
                80..90 => Self::OnLeave,
                90..120 => Self::Contractor,
                _ => Self::Plain,
            },
            _ => Self::Nobody,
        }
    }

    /// What becomes of the `count`th plain career: every tenant hires, moves and ends people each week, and has
    /// people in every status (the codes are those of KBA 2505526).
    pub(crate) fn of_plain(count: usize) -> Self {
        let round = count / 40;
        match count % 40 {
            3 => Self::Starts(near(round)),
            9 => Self::Moves(near(round + 1)),
            15 => Self::Leaves(near(round).abs()),
            21 => [Self::PaidLeave, Self::Furloughed][round % 2],
            27 => [Self::Suspended, Self::Dormant][round % 2],
            _ => Self::Plain,
        }
    }

    /// What becomes of the `count`th leaver.
    pub(crate) fn of_leaver(count: usize) -> Self {
        let round = count / 24;
        match count % 24 {
            1 => Self::Leaves(-1 - near(round).abs().min(59)),
            3 => Self::EndedAssignment,
            4 => Self::ObsoleteAssignment,
            7 => Self::Starts(1 + near(round).abs().min(59)),
            10 => Self::Retired,
            13 => Self::Leaves(-1 - near(round + 2).abs().min(59)),
            17 => Self::NoShow,
            _ => Self::Leaver,
        }
    }

    pub(crate) fn is_assignment(self) -> bool {
        matches!(self, Self::Assignment | Self::EndedAssignment | Self::ObsoleteAssignment)
    }
}

/// Days between 60 ago and 60 ahead, spread so that the first few are on both sides.
fn near(round: usize) -> i16 {
    i16::try_from((round * 37 + 42) % 121).unwrap_or_default() - 60
}
