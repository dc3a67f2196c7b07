//! The elements of policies, and what was meant by a word that is none.

pub(super) const OF_DOCUMENT: [&str; 3] = ["Version", "Id", "Statement"];
pub(super) const OF_STATEMENT: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// The word that was meant, if one is near.
pub(super) fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // The distance takes time and memory for each letter.
    if word.len() > 64 {
        return None;
    }
    let lower = word.to_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&lower, &known.to_lowercase());
    let (distance, known) = words
        .map(|known| (distance(known), known))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= 3.min(known.len() / 3)).then_some(known)
}

/// The element that was meant by a name that is none.
pub(super) fn meant<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let is_known = known.contains(&name);
    nearest(name, known.iter().copied()).filter(|_| !is_known)
}
