//! What a change makes of a page, as a unified diff that `patch` takes.

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

const CONTEXT: usize = 3;

/// The diff of a page, empty if nothing changes.
pub(crate) fn unified(name: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let [old, new] = [old, new].map(|page| {
        page.split_inclusive(|byte| *byte == b'\n')
            .collect::<Vec<_>>()
    });
    let mut diff = Vec::new();
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    for hunk in group_diff_ops(operations, CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
            continue;
        };
        if diff.is_empty() {
            diff.extend(format!("--- {name}\n+++ {name}\n").into_bytes());
        }
        // Lines are counted from 1; a range without lines is named by the line before it.
        let range = |start: usize, end: usize| match end - start {
            0 => format!("{start},0"),
            count => format!("{},{count}", start + 1),
        };
        let head = format!(
            "@@ -{} +{} @@\n",
            range(first.old_range().start, last.old_range().end),
            range(first.new_range().start, last.new_range().end)
        );
        diff.extend(head.into_bytes());
        for operation in hunk {
            let (gone, added) = (operation.old_range(), operation.new_range());
            if let DiffOp::Equal { .. } = operation {
                put(&mut diff, b' ', &old[gone]);
            } else {
                put(&mut diff, b'-', &old[gone]);
                put(&mut diff, b'+', &new[added]);
            }
        }
    }
    diff
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
