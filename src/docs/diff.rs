//! What a change makes of a page, as a unified diff that `patch` takes. Only
//! the regions can differ, so only they are compared.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::rewrite::Change;

/// How many lines around a change are shown.
const CONTEXT: usize = 3;

/// Some lines of the page, and those that come in their place.
struct Edit<'a> {
    old: Range<usize>,
    new: Vec<&'a [u8]>,
}

/// The diff of a page, empty if nothing changes.
#[must_use]
pub fn unified(name: &str, page: &[u8], changes: &[Change]) -> Vec<u8> {
    let lines: Vec<&[u8]> = page.split_inclusive(|byte| *byte == b'\n').collect();
    let edits: Vec<Edit<'_>> = changes
        .iter()
        .flat_map(|change| edits(&lines, page, change))
        .collect();
    let mut diff = Vec::new();
    // How many lines the page has more by the hunks before.
    let mut grown: isize = 0;
    let mut from = 0;
    while from < edits.len() {
        let near = |two: &[Edit<'_>]| two[1].old.start - two[0].old.end <= 2 * CONTEXT;
        let more = edits[from..].windows(2).take_while(|two| near(two)).count();
        let hunk = &edits[from..=from + more];
        from += more + 1;

        if diff.is_empty() {
            diff.extend(format!("--- {name}\n+++ {name}\n").into_bytes());
        }
        let start = hunk[0].old.start.saturating_sub(CONTEXT);
        let end = lines.len().min(hunk[hunk.len() - 1].old.end + CONTEXT);
        let removed: usize = hunk.iter().map(|edit| edit.old.len()).sum();
        let added: usize = hunk.iter().map(|edit| edit.new.len()).sum();
        let count = end - start;
        let new_count = count - removed + added;
        // Lines are counted from 1; a range without lines is named by the line before it.
        let first = |count: usize, start: usize| if count == 0 { start } else { start + 1 };
        let new_start = start.saturating_add_signed(grown);
        diff.extend(
            format!(
                "@@ -{},{count} +{},{new_count} @@\n",
                first(count, start),
                first(new_count, new_start)
            )
            .into_bytes(),
        );
        grown += added.cast_signed() - removed.cast_signed();
        let mut at = start;
        for edit in hunk {
            put(&mut diff, b' ', &lines[at..edit.old.start]);
            put(&mut diff, b'-', &lines[edit.old.clone()]);
            put(&mut diff, b'+', &edit.new);
            at = edit.old.end;
        }
        put(&mut diff, b' ', &lines[at..end]);
    }
    diff
}

/// The lines of a region that differ.
fn edits<'a>(lines: &[&[u8]], page: &[u8], change: &'a Change) -> Vec<Edit<'a>> {
    // The line after the marker's, counted from 0.
    let first = change.line;
    let count = page[change.old.clone()]
        .split_inclusive(|byte| *byte == b'\n')
        .count();
    let old = &lines[first..first + count];
    let new: Vec<&[u8]> = change.new.split_inclusive(|byte| *byte == b'\n').collect();
    let operations = capture_diff_slices(Algorithm::Myers, old, &new);
    let edits = operations
        .iter()
        .filter(|operation| !matches!(operation, DiffOp::Equal { .. }));
    edits
        .map(|operation| Edit {
            old: first + operation.old_range().start..first + operation.old_range().end,
            new: new[operation.new_range()].to_vec(),
        })
        .collect()
}

fn put(diff: &mut Vec<u8>, mark: u8, lines: &[&[u8]]) {
    for line in lines {
        diff.push(mark);
        diff.extend(*line);
        if !line.ends_with(b"\n") {
            diff.extend(b"\n\\ No newline at end of file\n");
        }
    }
}
