//! One byte changed, anywhere.

use lexlogs::verify;

use super::bytes;
use crate::support::full;

/// The bytes of a zip that are no entry's data, and every `step`th of the rest.
fn places(zip: &[u8], step: usize) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    // Each local header in turn, then the directory, which ends the zip.
    while zip[at..].starts_with(b"PK\x03\x04") {
        let number = |from: usize, size: usize| {
            let bytes = zip[at + from..at + from + size].iter().rev();
            bytes.fold(0, |number, byte| number << 8 | usize::from(*byte))
        };
        let data = at + 30 + number(26, 2) + number(28, 2);
        let end = data + number(18, 4);
        places.extend(at..data);
        places.extend((data..end).step_by(step));
        places.push(end - 1);
        at = end;
    }
    places.extend(at..zip.len());
    places
}

#[test]
fn a_byte_changed_anywhere_is_found() {
    let mut random = fastrand::Rng::with_seed(5);
    let zip = bytes::good();
    assert!(verify(&zip).whole);
    let mut flipped = zip.clone();
    for place in places(&zip, 397) {
        flipped[place] ^= 1 << random.u8(..8);
        let report = verify(&flipped);
        assert!(!report.whole, "byte {place} of {}", zip.len());
        if full() {
            flipped[place] = random.u8(..);
            let report = verify(&flipped);
            assert_eq!(report.whole, flipped[place] == zip[place], "byte {place}");
        }
        flipped[place] = zip[place];
    }
    assert!(flipped == zip);
}

/// Whatever bytes: an answer, and never a panic.
#[test]
fn random_bytes_in_a_zip_are_answered() {
    let mut random = fastrand::Rng::with_seed(6);
    for zip in [bytes::good(), super::of_another_version()] {
        for _ in 0..200 {
            let mut spoiled = zip.clone();
            for _ in 0..random.usize(1..20) {
                // Most in the records at the end, which lead to all else.
                let from = if random.bool() { 0 } else { zip.len() - 3000 };
                let place = random.usize(from..zip.len());
                spoiled[place] = random.u8(..);
            }
            if random.u8(..4) == 0 {
                let at = random.usize(..spoiled.len());
                let piece = spoiled[at..(at + 200).min(zip.len())].to_vec();
                spoiled.splice(at..at, piece);
            }
            assert!(!verify(&spoiled).whole || spoiled == zip);
        }
    }
}
