//! Whom to ask about a bundle: a word of the requester's house, which lexlogs passes on.

use std::fmt;

use super::form::{Form, Letters, Plain};
use super::name::{Name, name};

/// What the runbook can show as it is, in a table too.
const CONTACT: Plain = Plain::new(1, 100, Letters::alphanumeric_and("_-./:#@+"));

name! {
    /// A mail address, a ticket or a chat room.
    Contact, "1 to 100 letters, digits and `_-./:#@+`", "iam@example.com", |text| CONTACT.check(text), || CONTACT.form()
}

#[cfg(test)]
mod tests {
    use super::super::names::tests::{fails, passes};
    use super::*;

    #[test]
    fn a_contact_is_a_word() {
        passes::<Contact>(&[
            "iam+lex@example.com",
            "OPS-4711",
            "acme/iam#12",
            &"x".repeat(100),
        ]);
        fails::<Contact>(&[
            ("", "empty"),
            ("a b", "blank"),
            ("a|b", "`|`"),
            (&"x".repeat(101), "101"),
        ]);
    }
}
