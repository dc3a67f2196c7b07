//! How far a long run is: a bar on a terminal, now and then a line elsewhere.

use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How long nothing is said where there is no terminal.
const SILENCE: Duration = Duration::from_secs(10);

pub(super) struct Progress {
    bar: ProgressBar,
    /// When something is to be said next, where there is no bar.
    next: Option<Instant>,
}

impl Progress {
    /// Of so many bundles; nothing is shown if it is to be quiet.
    pub(super) fn new(bundles: usize, quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(5)
        };
        let bar = ProgressBar::with_draw_target(Some(bundles as u64), target);
        let style =
            ProgressStyle::with_template("[{bar:30}] {pos}/{len} bundles, {rate}, {eta} left");
        if let Ok(style) = style {
            // Its own `per_sec` has four decimals.
            let style =
                style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
                    let _ = write!(out, "{:.0}/s", state.per_sec());
                });
            bar.set_style(style.progress_chars("=> "));
        }
        let next = (!quiet && bar.is_hidden()).then(|| Instant::now() + SILENCE);
        Self { bar, next }
    }

    pub(super) fn advance(&mut self) {
        self.bar.inc(1);
        // The clock is cheap beside a bundle.
        if let Some(next) = self.next
            && Instant::now() >= next
        {
            let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
            // It may go unheard: nobody may listen any more.
            let _ = writeln!(
                std::io::stderr(),
                "{done} of {all} bundles, {:.0} s left",
                self.bar.eta().as_secs_f64()
            );
            self.next = Some(Instant::now() + SILENCE);
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
