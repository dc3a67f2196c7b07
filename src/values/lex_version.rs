//! The two versions of Amazon Lex.

use super::form::Form;
use super::name::Name;

/// Which Amazon Lex writes the logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LexVersion {
    /// Amazon Lex V1, which AWS stopped supporting on 2025-09-15.
    V1,
    V2,
}

impl LexVersion {
    pub const ALL: [Self; 2] = [Self::V1, Self::V2];

    /// The value of `lex-version`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }

    /// The service that assumes the role. The same in every partition.
    pub fn service_principal(self) -> &'static str {
        match self {
            Self::V1 => "lex.amazonaws.com",
            Self::V2 => "lexv2.amazonaws.com",
        }
    }
}

impl Name for LexVersion {
    const RULE: &'static str = "`v1` or `v2`";
    const EXAMPLE: &'static str = "v2";

    fn check(text: &str) -> Result<(), String> {
        if Self::ALL.iter().any(|version| version.as_str() == text) {
            Ok(())
        } else {
            Err("is not a version of Amazon Lex".into())
        }
    }

    fn form() -> Form {
        Form::one_of(&Self::ALL.map(Self::as_str))
    }

    fn unchecked(text: &str) -> Self {
        if text == Self::V1.as_str() {
            Self::V1
        } else {
            Self::V2
        }
    }
}
