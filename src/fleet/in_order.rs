//! Work on several threads whose results come in the order of the items, with
//! no more of them at once than the threads need.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// How many items each thread may be ahead of the one that is waited for.
const AHEAD: usize = 4;

/// Does `work` on each item, on `jobs` threads, and gives the results to `take`
/// in the order of the items. `work` is told which of the threads it is on,
/// from 0.
///
/// # Errors
/// The first one of `take`, which ends it; some items after that one may have
/// been worked on.
pub(super) fn in_order<T: Send, R: Send, E>(
    mut items: impl Iterator<Item = T>,
    jobs: usize,
    work: impl Fn(usize, T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if jobs <= 1 {
        return items.try_for_each(|item| take(work(0, item)));
    }
    let (to_do, queue) = mpsc::channel::<(usize, T)>();
    let (done, results) = mpsc::channel();
    let (queue, work) = (Mutex::new(queue), &work);
    thread::scope(|scope| {
        for worker in 0..jobs {
            let (queue, done) = (&queue, done.clone());
            scope.spawn(move || {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, item)) = next else { return };
                    // Else the other threads would wait for its result for ever.
                    let result = catch_unwind(AssertUnwindSafe(|| work(worker, item)));
                    if done.send((number, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        let mut early = BTreeMap::new();
        let (mut sent, mut taken) = (0, 0);
        loop {
            while sent < taken + AHEAD * jobs {
                let Some(item) = items.next() else { break };
                if to_do.send((sent, item)).is_err() {
                    break;
                }
                sent += 1;
            }
            if sent == taken {
                break;
            }
            let Ok((number, result)) = results.recv() else {
                break;
            };
            early.insert(number, result.unwrap_or_else(|panic| resume_unwind(panic)));
            while let Some(result) = early.remove(&taken) {
                taken += 1;
                if let Err(error) = take(result) {
                    // The threads end with what they are at.
                    drop(to_do);
                    let left = queue.lock().unwrap_or_else(PoisonError::into_inner);
                    left.try_iter().for_each(drop);
                    return Err(error);
                }
            }
        }
        drop(to_do);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_order_and_not_far_ahead() {
        for jobs in [1, 2, 5] {
            let (begun, mut next) = (AtomicUsize::new(0), 0);
            let slow = |_, item: usize| {
                begun.fetch_add(1, Ordering::SeqCst);
                // The first of some takes longest.
                thread::sleep(Duration::from_micros(if item.is_multiple_of(7) {
                    900
                } else {
                    10
                }));
                item
            };
            let ended: Result<(), ()> = in_order(0..200, jobs, slow, |item| {
                assert_eq!(item, next);
                next += 1;
                assert!(begun.load(Ordering::SeqCst) <= item + 1 + AHEAD * jobs);
                Ok(())
            });
            assert_eq!((ended, next), (Ok(()), 200));
        }
    }

    #[test]
    fn a_panic_ends_it() {
        for jobs in [1, 3] {
            let work = |_, item| assert!(item < 10, "at {item}");
            let ended = catch_unwind(|| in_order(0.., jobs, work, |()| Ok::<(), ()>(())));
            let panic = ended.expect_err("a panic");
            let told = panic.downcast_ref::<String>().map(String::as_str);
            assert!(
                told.is_some_and(|told| told.starts_with("at 1")),
                "{told:?}"
            );
        }
    }

    #[test]
    fn an_error_ends_it() {
        for jobs in [1, 3] {
            let begun = AtomicUsize::new(0);
            let work = |_, item| {
                begun.fetch_add(1, Ordering::SeqCst);
                item
            };
            let ended = in_order(
                0..,
                jobs,
                work,
                |item| if item == 10 { Err(item) } else { Ok(()) },
            );
            assert_eq!(ended, Err(10));
            assert!(begun.load(Ordering::SeqCst) <= 11 + AHEAD * jobs);
        }
    }
}
