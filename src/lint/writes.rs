//! Whether what writes the logs may write them: actions on objects and log
//! streams, and the resources that they are allowed on.

use super::arns::masked;
use super::finding::Flaw;
use super::placeholders::placeholder;
use super::statement::{Statement, Text, overlap};
use super::subject::Subject;
use crate::values::arn::{Arn, is_alias, is_key_id};

/// These are of an alias, too. (KMS guide: alias-access.)
const OF_ALIASES: [&str; 3] = ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"];

/// Actions on one type of resource.
struct Written {
    service: &'static str,
    is_action: fn(&str) -> bool,
    action: &'static str,
    /// The pattern of all resources of the type, behind the account.
    resources: &'static str,
    /// What follows the container in a resource.
    inside: &'static str,
    /// What the container is, and what is missing in it.
    what: &'static str,
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
    fn is_allowed(&self, statement: &Statement<'_>) -> bool {
        let is_one = |action: &Text<'_>| (self.is_action)(action.text);
        statement.allows()
            && (statement.permits(self.action) || statement.texts("Action").iter().any(is_one))
    }

    /// Whether a resource may be what is written. One with a placeholder may be
    /// anything.
    fn is_one(&self, resource: &str) -> bool {
        if resource == "*" || placeholder(resource).is_some() {
            return true;
        }
        let arn = masked(resource);
        // What is no ARN is another rule's.
        let Ok(arn) = Arn::parse(&arn) else {
            return true;
        };
        if arn.service.contains('*') {
            return true;
        }
        let is_s3 = arn.service == "s3";
        let bucket = arn.resource.split(['/', '*', '$']).next();
        let is_bucket = !is_s3 || !bucket.unwrap_or_default().contains(':');
        let within = arn.resource.strip_prefix("accesspoint/").filter(|_| is_s3);
        let pattern = within.map_or(self.resources, |_| "?*/object/?*");
        let may_be =
            arn.resource.contains("${") || overlap(within.unwrap_or(arn.resource), pattern);
        arn.service == self.service && is_bucket && may_be
    }

    fn flaws(&self, subject: &Subject<'_>) -> Vec<Flaw> {
        let statements = subject.statements.iter();
        let writing: Vec<_> = statements.filter(|one| self.is_allowed(one)).collect();
        let resources = writing.iter().flat_map(|one| one.texts("Resource"));
        let written = resources.filter(|one| self.is_one(one.text));
        // No policy that IAM takes has more.
        let written: Vec<Text<'_>> = written.take(200).collect();
        let mut flaws = Vec::new();
        for statement in &writing {
            let resources = statement.texts("Resource");
            let actions = statement.texts("Action");
            let for_nothing_else = actions.iter().all(|action| (self.is_action)(action.text));
            let is_covered = resources.iter().any(|resource| self.is_one(resource.text));
            for resource in resources {
                let is_of_service = self.is_of_service(resource.text);
                let is_wrong = if is_covered {
                    for_nothing_else && is_of_service
                } else {
                    for_nothing_else || is_of_service
                };
                let inside = format!("{}{}", resource.text, self.inside);
                if is_wrong
                    && !self.is_one(resource.text)
                    && !written.iter().any(|other| overlap(other.text, &inside))
                {
                    flaws.push(self.flaw(&resource));
                }
            }
        }
        flaws
    }

    fn is_of_service(&self, resource: &str) -> bool {
        Arn::parse(&masked(resource)).is_ok_and(|arn| arn.service == self.service)
    }

    fn flaw(&self, resource: &Text<'_>) -> Flaw {
        let arn = masked(resource.text);
        let arn = Arn::parse(&arn).ok();
        let arn = arn.filter(|arn| arn.service == self.service);
        let container = arn.map(|arn| {
            let group = arn.resource.strip_prefix("log-group:");
            group.unwrap_or(arn.resource)
        });
        let is_container = container
            .is_some_and(|name| !name.contains(':') && !name.ends_with('/'))
            && (self.service == "s3" || resource.text.contains(":log-group:"));
        if is_container {
            let message = format!("`{resource}` {}", self.what);
            return resource.flaw(message, format!("end it with `{}`", self.end));
        }
        let message = format!(
            "`{resource}` is not a resource of `{}`, which then permits nothing",
            self.action
        );
        resource.flaw(message, format!("write it as `{}`", self.form))
    }
}

pub(super) fn objects(subject: &Subject<'_>) -> Vec<Flaw> {
    OBJECTS.flaws(subject)
}

pub(super) fn log_groups(subject: &Subject<'_>) -> Vec<Flaw> {
    STREAMS.flaws(subject)
}

pub(super) fn kms_aliases(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_of_aliases = |action: &Text<'_>| {
        let mut known = OF_ALIASES.iter();
        known.any(|known| known.eq_ignore_ascii_case(action.text))
    };
    let is_of_kms = |text: &str| Arn::parse(text).map_or(true, |arn| arn.service == "kms");
    let help = "write the key's ARN, which `aws kms describe-key --key-id KEY --query KeyMetadata.Arn` prints";
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
        Some(resource.flaw(format!("`{resource}` is {what}"), help))
    };
    let statements = subject.statements.iter();
    let statements = statements.filter(|one| !one.actions().iter().any(is_of_aliases));
    let resources = statements.flat_map(Statement::resources);
    resources.filter_map(flaw).collect()
}
