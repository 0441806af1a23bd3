//! Times of answers: medians and the like in memory that does not grow.

/// As many are kept as they are; beyond that, to one part in 64.
const EXACT: usize = 4_096;
/// The buckets of a power of two.
const STEPS: u64 = 64;

/// Lengths of time in nanoseconds.
#[derive(Default, Debug)]
pub(super) struct Times {
    exact: Vec<u64>,
    /// How many fell into each bucket, once there are too many to be kept.
    buckets: Vec<u64>,
    count: u64,
}

impl Times {
    pub(super) fn add(&mut self, time: u64) {
        self.count = self.count.saturating_add(1);
        if self.buckets.is_empty() && self.exact.len() < EXACT {
            self.exact.push(time);
            return;
        }
        if self.buckets.is_empty() {
            self.buckets.resize(bucket(u64::MAX).saturating_add(1), 0);
            for time in std::mem::take(&mut self.exact) {
                self.drop_in(time);
            }
        }
        self.drop_in(time);
    }

    fn drop_in(&mut self, time: u64) {
        if let Some(count) = self.buckets.get_mut(bucket(time)) {
            *count = count.saturating_add(1);
        }
    }

    /// The time that so many in a hundred do not exceed; `None` if there are no times.
    pub(super) fn percentile(&self, percent: u64) -> Option<u64> {
        let rank = self.count.saturating_mul(percent).div_ceil(100).max(1);
        if self.buckets.is_empty() {
            let mut sorted = self.exact.clone();
            sorted.sort_unstable();
            return sorted
                .get(usize::try_from(rank).ok()?.saturating_sub(1))
                .copied();
        }
        let mut seen = 0_u64;
        self.buckets
            .iter()
            .position(|count| {
                seen = seen.saturating_add(*count);
                seen >= rank
            })
            .map(middle)
    }
}

/// The bucket of a time: its highest bit and the six below.
fn bucket(time: u64) -> usize {
    let place = match time.checked_ilog2() {
        Some(high) if high >= 6 => {
            let shift = high.saturating_sub(6);
            let step = (time >> shift) & (STEPS.saturating_sub(1));
            u64::from(shift.saturating_add(1))
                .saturating_mul(STEPS)
                .saturating_add(step)
        }
        _ => time,
    };
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// The time in the middle of a bucket.
fn middle(bucket: usize) -> u64 {
    let bucket = u64::try_from(bucket).unwrap_or(u64::MAX);
    let (power, step) = (bucket / STEPS, bucket % STEPS);
    match power.checked_sub(1) {
        None => step,
        Some(shift) => {
            let width = 1_u64
                .checked_shl(u32::try_from(shift).unwrap_or(64))
                .unwrap_or(0);
            STEPS
                .saturating_add(step)
                .saturating_mul(width)
                .saturating_add(width / 2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_exact_for_few_and_close_for_many() {
        let mut times = Times::default();
        assert_eq!(times.percentile(50), None);
        times.add(7);
        assert_eq!(times.percentile(50), Some(7));
        assert_eq!(times.percentile(99), Some(7));
        for time in [1, 3, 5] {
            times.add(time);
        }
        assert_eq!(times.percentile(50), Some(3));
        assert_eq!(times.percentile(99), Some(7));
        let mut times = Times::default();
        for time in 1..=100_000 {
            times.add(time * 1_000);
        }
        for (percent, exact) in [(50, 50_000_000_u64), (99, 99_000_000), (1, 1_000_000)] {
            let got = times.percentile(percent).unwrap();
            assert!(got.abs_diff(exact) * 64 <= exact, "{percent}: {got}");
        }
        times.add(u64::MAX);
        assert!(times.percentile(100).unwrap() > u64::MAX / 2);
    }

    #[test]
    fn each_bucket_holds_its_middle() {
        for time in (0..63)
            .map(|bit| 3_u64 << bit >> 1)
            .chain([0, 1, 63, 64, 65])
        {
            assert_eq!(bucket(middle(bucket(time))), bucket(time), "{time}");
        }
    }
}
