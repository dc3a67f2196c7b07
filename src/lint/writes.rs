//! Whether what writes the logs may write them: actions on objects and log
//! streams, and the resources that they are allowed on.

use super::arns::masked;
use super::placeholders::placeholder;
use super::statement::{Statement, overlap};
use super::{Flaw, Subject, Text};
use crate::fault::printable;
use crate::values::arn::{Arn, is_alias, is_key_id};

/// These are of an alias, too. (KMS guide: alias-access.)
const OF_ALIASES: [&str; 3] = ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"];

/// Actions on one type of resource.
struct Written {
    service: &'static str,
    /// Whether an action is on that type alone.
    is_action: fn(&str) -> bool,
    /// The one that writes logs.
    action: &'static str,
    /// The pattern of all resources of the type, behind the account.
    resources: &'static str,
    /// What follows the container in a resource.
    inside: &'static str,
    /// What the container is, and what is missing in it.
    what: &'static str,
    /// What to end the container with.
    end: &'static str,
    form: &'static str,
}

/// (S3 guide: using-with-s3-policy-actions.)
const OBJECTS: Written = Written {
    service: "s3",
    is_action: is_of_objects,
    action: "s3:PutObject",
    resources: "?*/?*",
    inside: "/x",
    what: "is not an object, so that no object can be read or written",
    end: "/*",
    form: "arn:aws:s3:::BUCKET/*",
};

/// (CloudWatch Logs guide: iam-access-control-overview-cwl.)
const STREAMS: Written = Written {
    service: "logs",
    is_action: is_of_streams,
    action: "logs:PutLogEvents",
    resources: "log-group:?*:log-stream:?*",
    inside: ":log-stream:x",
    what: "is the log group without its streams, so that nothing can be written",
    end: ":*",
    form: "arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*",
};

fn is_of_objects(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let name = action.strip_prefix("s3:").unwrap_or_default();
    (name.contains("object") && !name.contains("bucket"))
        || ["abortmultipartupload", "listmultipartuploadparts"].contains(&name)
}

fn is_of_streams(action: &str) -> bool {
    let known = [
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:PutLogEventsBatch",
    ];
    known.iter().any(|known| known.eq_ignore_ascii_case(action))
}

impl Written {
    /// Whether a statement allows to write.
    fn is_allowed(&self, statement: &Statement<'_>) -> bool {
        let is_one = |action: &Text<'_>| (self.is_action)(action.text);
        statement.allows()
            && (statement.permits(self.action) || statement.texts("Action").iter().any(is_one))
    }

    /// Whether a resource may be what is written. One with a placeholder may be
    /// anything.
    fn is_one(&self, resource: &str) -> bool {
        let arn = masked(resource);
        if resource == "*" || placeholder(resource).is_some() {
            return true;
        }
        // What is no ARN is another rule's.
        let Ok(arn) = Arn::parse(&arn) else {
            return true;
        };
        if arn.service.contains('*') {
            return true;
        }
        let bucket = arn
            .resource
            .split(['/', '*', '$'])
            .next()
            .unwrap_or_default();
        let is_bucket = arn.service != "s3" || !bucket.contains(':');
        let within = arn
            .resource
            .strip_prefix("accesspoint/")
            .filter(|_| arn.service == "s3");
        let pattern = within.map_or(self.resources, |_| "?*/object/?*");
        let may_be =
            arn.resource.contains("${") || overlap(within.unwrap_or(arn.resource), pattern);
        arn.service == self.service && is_bucket && may_be
    }

    fn flaws(&self, subject: &Subject<'_>) -> Vec<Flaw> {
        let statements = subject.statements().into_iter();
        let writing: Vec<Statement<'_>> = statements.filter(|one| self.is_allowed(one)).collect();
        let resources = writing
            .iter()
            .flat_map(|statement| statement.texts("Resource"));
        // No policy that IAM takes has more.
        let written: Vec<Text<'_>> = resources
            .filter(|one| self.is_one(one.text))
            .take(200)
            .collect();
        let mut flaws = Vec::new();
        for statement in &writing {
            let resources = statement.texts("Resource");
            let actions = statement.texts("Action");
            let for_nothing_else = actions.iter().all(|action| (self.is_action)(action.text));
            let is_covered = resources.iter().any(|resource| self.is_one(resource.text));
            let is_wrong = |resource: &Text<'_>| {
                let is_of_service = self.is_of_service(resource.text);
                !self.is_one(resource.text)
                    && if is_covered {
                        for_nothing_else && is_of_service
                    } else {
                        for_nothing_else || is_of_service
                    }
            };
            let others = resources.into_iter().filter(is_wrong);
            for resource in others {
                let inside = format!("{}{}", resource.text, self.inside);
                if !written.iter().any(|other| overlap(other.text, &inside)) {
                    flaws.push(self.flaw(resource));
                }
            }
        }
        flaws
    }

    fn is_of_service(&self, resource: &str) -> bool {
        Arn::parse(&masked(resource)).is_ok_and(|arn| arn.service == self.service)
    }

    fn flaw(&self, resource: Text<'_>) -> Flaw {
        let arn = masked(resource.text);
        let arn = Arn::parse(&arn)
            .ok()
            .filter(|arn| arn.service == self.service);
        let container = arn.map(|arn| {
            arn.resource
                .strip_prefix("log-group:")
                .unwrap_or(arn.resource)
        });
        let is_container = container
            .is_some_and(|name| !name.contains(':') && !name.ends_with('/'))
            && (self.service == "s3" || resource.text.contains(":log-group:"));
        let (what, help) = if is_container {
            (self.what.to_owned(), format!("end it with `{}`", self.end))
        } else {
            let what = format!(
                "is not a resource of `{}`, which then permits nothing",
                self.action
            );
            (what, format!("write it as `{}`", self.form))
        };
        let message = format!("`{}` {what}", printable(resource.text));
        Flaw::new(resource.span, message, help)
    }
}

pub(super) fn objects(subject: &Subject<'_>) -> Vec<Flaw> {
    OBJECTS.flaws(subject)
}

pub(super) fn log_groups(subject: &Subject<'_>) -> Vec<Flaw> {
    STREAMS.flaws(subject)
}

pub(super) fn kms_aliases(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_of_aliases = |statement: &Statement| {
        let actions = statement.actions();
        let is_one = |known: &&str| {
            actions
                .iter()
                .any(|action| known.eq_ignore_ascii_case(action.text))
        };
        OF_ALIASES.iter().any(is_one)
    };
    let is_of_kms = |text: &str| Arn::parse(text).map_or(true, |arn| arn.service == "kms");
    let statements = subject.statements().into_iter();
    let statements = statements.filter(|statement| !is_of_aliases(statement));
    let resources = statements.flat_map(|statement| statement.resources());
    let flaw = |resource: Text| {
        let what = match resource.text {
            text if is_key_id(text) => "a key's id, which IAM takes for no resource",
            text if Arn::parse(text).is_ok_and(|arn| is_key_id(arn.resource)) => {
                "no ARN of a key: `key/` is missing before its id"
            }
            text if is_alias(text) && is_of_kms(text) => {
                "an alias, which IAM ignores as a resource"
            }
            _ => return None,
        };
        Some(Flaw::new(
            resource.span,
            format!("`{}` is {what}", printable(resource.text)),
            "write the key's ARN, which `aws kms describe-key --key-id KEY --query KeyMetadata.Arn` prints",
        ))
    };
    resources.filter_map(flaw).collect()
}
