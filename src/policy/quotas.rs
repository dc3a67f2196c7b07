//! IAM's quotas, in characters. White space does not count; whether that in strings does, AWS tells of trust policies alone. (IAM
//! guide: `reference_iam-quotas`.)

/// For a managed policy.
pub(crate) const MANAGED: usize = 6144;
/// For all inline policies of a role together.
pub(crate) const INLINE: usize = 10240;
/// For a trust policy: the default, in characters that are not white space, wherever they are. (Service Quotas:
/// `AssumeRolePolicySizeQuota`.)
pub(crate) const TRUST: usize = 2048;
/// What AWS raises that to, at most.
pub(crate) const TRUST_RAISED: usize = 4096;
/// For the text of any, with white space. (IAM API: `policyDocumentType`.)
pub(crate) const SENT: usize = 131_072;

/// The characters of a JSON document without the white space between its
/// tokens.
pub(crate) fn compact_size(json: &str) -> usize {
    let (mut in_string, mut escaped) = (false, false);
    let counts = |c: &char| {
        if escaped {
            escaped = false;
        } else if *c == '"' {
            in_string = !in_string;
        } else {
            escaped = in_string && *c == '\\';
        }
        in_string || !c.is_ascii_whitespace()
    };
    json.chars().filter(counts).count()
}

/// The characters of a text that are not white space.
pub(crate) fn size_without_blanks(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_counts_blanks_in_strings_alone() {
        for (json, size) in [
            ("{}", 2),
            (" { \"a b\" :\n\t1 } ", 9),
            (r#"{"a\" b": "\\" }"#, 14),
        ] {
            assert_eq!(compact_size(json), size, "{json}");
        }
    }
}
