//! Raw parameters to a `Spec`: every value validated, every combination
//! checked, all faults reported at once. Everything after this module works on
//! values that are right and cannot fail on input.

mod combinations;
mod examples;
mod given;
mod meant;
mod notes;
mod refusals;
mod resolve;
mod spec;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parameters::RawParameters;
pub use resolve::Request;
pub use spec::Spec;
pub(crate) use spec::{AudioLogs, Bot, Encryption, LogGroupCreation, TextLogs, Value};

impl Spec {
    /// The spec of a documentation page: what is given is validated as ever,
    /// what is not given stands as its placeholder word (`role-name`,
    /// `account-id` …), as on AWS's own page, and so does what is given as its
    /// own name. Without a log group and a bucket it has both. Only a
    /// [`Request`] makes a bundle, so none can come from this. `faults` are those
    /// that were found before, as in [`Request::new`].
    ///
    /// # Errors
    /// Every fault of the values that are given.
    pub fn documentation(
        raw: &RawParameters,
        faults: Vec<Diagnostic>,
    ) -> Result<Self, Diagnostics> {
        resolve::documentation(raw, faults)
    }
}

impl Request {
    /// Validates raw parameters. `faults` are those that were found before, in
    /// reading them; they are reported together with the others.
    ///
    /// # Errors
    /// Every fault there is, in the order of the table of parameters.
    pub fn new(raw: &RawParameters, faults: Vec<Diagnostic>) -> Result<Self, Diagnostics> {
        resolve::request(raw, faults)
    }

    /// What is to be put in place.
    #[must_use]
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// What requester and administrator should know, though nothing is wrong:
    /// sentences.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What may not be meant in how the parameters were given: sentences. They
    /// are no part of the bundle.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// The account that it is for.
    #[must_use]
    pub fn account_id(&self) -> &str {
        self.spec.account_id.as_str()
    }

    /// The Region that it is for.
    #[must_use]
    pub fn region(&self) -> &str {
        self.spec.region.as_str()
    }

    /// The name of the bundle.
    #[must_use]
    pub fn bundle_name(&self) -> String {
        self.spec.bundle_name()
    }
}
