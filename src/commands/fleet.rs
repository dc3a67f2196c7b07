//! `lexlogs fleet`: a bundle for each row.

mod rows;
mod stack_set;

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::json;

use super::error::Error;
use super::progress::Progress;
use super::status::{Status, are, print, say};
use super::templates;
use crate::cli::make::Fleet;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::escape::counted;
use crate::fleet::making::{Done, How, make};
use crate::fleet::place::INDEX;
use crate::parameters::Origin;
use rows::Rows;

/// More threads than this are of no use to the bundles, and the system may have
/// no more.
const MAX_JOBS: usize = 256;

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);
/// Set before anything is written.
static WRITING: AtomicBool = AtomicBool::new(false);

/// Makes the bundles of a table's rows.
pub(super) fn run(
    arguments: &Fleet,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    stop_on_signals();
    let (shared, faults) = super::status::shared(arguments.config.as_deref(), &arguments.flags.0)?;
    if !faults.is_empty() {
        return Err(Diagnostics(faults).into());
    }
    super::make::refuse_other_ending(&arguments.output)?;
    // What is missing is missing in a row.
    let shared = shared.of_file(None);
    let templates = templates::of_bundle(arguments.templates.templates.as_deref())?;
    let mut rows = Rows::default();
    let jobs = rows.read(arguments, &shared, templates)?;
    if rows.good == 0 && rows.faults.is_empty() {
        let place = Origin::File(Span::of_file(&rows.name));
        let fault = Diagnostic::of_form(None, place, "has no rows".into())
            .with_help("a bundle is made for each line below the first".to_owned());
        return Err(fault.into());
    }
    if !rows.faults.is_empty() && (!arguments.keep_going || rows.good == 0) {
        return Err(rows.into_error(None));
    }

    if !arguments.quiet {
        say(stderr, &rows.notes());
    }
    if let Some(unit) = &arguments.stack_set {
        return stack_set::run(arguments, unit, &jobs, rows, templates, (stdout, stderr));
    }
    let how = How {
        templates,
        jobs: (arguments.jobs).map_or(0, |jobs| jobs.get().min(MAX_JOBS)),
        keep_going: arguments.keep_going,
        // Of a row with a fault nobody knows which bundle is its.
        prune: arguments.prune && rows.faults.is_empty(),
        force: arguments.force,
        stop: &STOP,
    };
    let progress = Mutex::new(Progress::new(rows.good, arguments.quiet));
    let advance = || locked(&progress).advance();
    WRITING.store(true, Ordering::SeqCst);
    let made = make(jobs, &arguments.output, how, advance);
    locked(&progress).finish();
    let done = made.map_err(Error::Fleet)?;

    let index = arguments.output.join(INDEX).display().to_string();
    let printed = if arguments.json {
        as_json(&done, &rows, &index)?
    } else {
        done.index_sha256
            .as_ref()
            .map_or(String::new(), |sha256| format!("{sha256}  {index}\n"))
    };
    if !arguments.quiet && !arguments.json {
        say(stderr, &summary(&done, arguments, &rows));
    }
    print(&printed, stdout)?;
    if done.stopped {
        return Err(Error::Interrupted {
            done: done.written + done.unchanged,
            of: rows.good,
        });
    }
    if !done.failed.is_empty() {
        let mut told = done.failed.join("\n");
        if done.more_failed > 0 {
            told.push_str(&format!("\nand {} more", done.more_failed));
        }
        return Err(Error::Fleet(told));
    }
    if !rows.faults.is_empty() {
        return Err(rows.into_error(Some(done.written + done.unchanged)));
    }
    Ok(Status::Ok)
}

fn locked(progress: &Mutex<Progress>) -> std::sync::MutexGuard<'_, Progress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Once something may be written, the first signal lets it end at a bundle's end,
/// and the second ends it at once; before that, the first does, for a read of the
/// standard input may last.
fn stop_on_signals() {
    // Without the handler the system ends it, and what is there is whole as well:
    // so it is with `nohup`, whose word on signals stands.
    let _ = ctrlc::try_set_handler(|| {
        if !WRITING.load(Ordering::SeqCst) || STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
}

fn summary(done: &Done, arguments: &Fleet, rows: &Rows) -> String {
    let mut text: String = done
        .notes
        .iter()
        .map(|note| format!("note: {note}\n"))
        .collect();
    if done.more_notes > 0 {
        text.push_str(&format!("note: and {} more\n", done.more_notes));
    }
    if arguments.prune && !rows.faults.is_empty() {
        text.push_str("note: nothing was pruned: the bundle of a row with an error is not known\n");
    }
    let bundles = counted(done.written + done.unchanged, "bundle");
    text.push_str(&format!(
        "{bundles}: {} written, {} unchanged; {} bytes\n",
        done.written, done.unchanged, done.bytes
    ));
    if done.pruned > 0 {
        let pruned = counted(done.pruned, "bundle");
        text.push_str(&format!("{pruned} of rows that are gone removed\n"));
    }
    if done.stale > 0 {
        let (stale, are) = (counted(done.stale, "bundle"), are(done.stale));
        text.push_str(&format!(
            "{stale} of rows that are gone {are} still there; --prune removes them\n"
        ));
    }
    text
}

fn as_json(done: &Done, rows: &Rows, index: &str) -> Result<String, Error> {
    let notes: Vec<&String> = rows.notes.keys().chain(&done.notes).collect();
    Ok(crate::json::to_text(&json!({
        "index": index,
        "sha256": done.index_sha256,
        "rows": rows.good + rows.bad,
        "faulty": rows.bad,
        "written": done.written,
        "unchanged": done.unchanged,
        "failed": done.failed,
        "more-failed": done.more_failed,
        "pruned": done.pruned,
        "stale": done.stale,
        "bytes": done.bytes,
        "notes": notes,
    }))?)
}
