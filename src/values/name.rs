//! What the types of names have in common, and the macro that defines them.

use super::form::Form;

pub(crate) trait Name: Sized {
    /// Which values pass, in words.
    const RULE: &'static str;
    const EXAMPLE: &'static str;

    /// Whether `text` passes; if not, what is wrong with it.
    fn check(text: &str) -> Result<(), String>;

    /// What the rule comes to as a regular expression, as far as it does.
    fn form() -> Form {
        Form::any()
    }

    /// The name without a check: for values that were checked, and for the
    /// placeholder words of documentation.
    fn unchecked(text: &str) -> Self;
}

macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $rule:expr, $example:literal, $check:expr $(, $form:expr)?) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type(String);

        impl Name for $type {
            const RULE: &'static str = $rule;
            const EXAMPLE: &'static str = $example;

            fn check(text: &str) -> Result<(), String> {
                let check: fn(&str) -> Result<(), String> = $check;
                check(text)
            }

            $(fn form() -> Form {
                let form: fn() -> Form = $form;
                form()
            })?

            fn unchecked(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl $type {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(super) use name;
