//! Parameters at random.

use lexlogs::request::Request;

use super::request;

const IAM: &str = "abzAZ09_+=,.@--";

type Parameters = Vec<(&'static str, String)>;

fn letters(random: &mut fastrand::Rng, alphabet: &str, least: usize, most: usize) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    (0..random.usize(least..=most))
        .map(|_| alphabet[random.usize(..alphabet.len())])
        .collect()
}

/// Fewer than so many pieces of a list, which are separated by `¦`.
pub(crate) fn random_pieces(random: &mut fastrand::Rng, list: &str, fewer_than: usize) -> String {
    let list: Vec<&str> = list.split('¦').collect();
    let pieces = (0..random.usize(..fewer_than)).map(|_| *random.choice(&list).unwrap());
    pieces.collect()
}

/// Tags, as a flag has them.
fn random_tags(random: &mut fastrand::Rng) -> String {
    let tags = (0..random.usize(1..6)).map(|n| {
        let alphabet = "aZ9 _.:/=+-@éß日½";
        let key = letters(random, &alphabet.replace('=', ""), 0, 20);
        let value = letters(random, alphabet, 0, 60);
        format!("k{n}{}={value}", key.trim_end())
    });
    tags.collect::<Vec<_>>().join(",")
}

/// Valid parameters at random, as hostile as AWS lets them be.
pub(crate) fn random_parameters(random: &mut fastrand::Rng) -> Parameters {
    let mut parameters = vec![
        (
            "lex-version",
            if random.bool() { "v1" } else { "v2" }.to_owned(),
        ),
        ("account-id", letters(random, "0123456789", 12, 12)),
        (
            "region",
            random
                .choice(["us-east-1", "eu-west-1", "us-gov-west-1", "cn-north-1"])
                .unwrap()
                .to_owned(),
        ),
    ];
    let (account, region) = (parameters[1].1.clone(), parameters[2].1.clone());
    let partition = match region.split_once('-').unwrap().0 {
        "cn" => "aws-cn",
        _ if region.starts_with("us-gov") => "aws-us-gov",
        _ => "aws",
    };
    let mut set = |name, value: String| parameters.push((name, value));
    if random.bool() {
        set("role-name", letters(random, IAM, 1, 64));
    }
    let existing = random.u8(..4) == 0;
    if existing {
        set("existing-role", "true".into());
    }
    if random.bool() {
        set("role-path", format!("/{}/", letters(random, IAM, 1, 40)));
    }
    if random.bool() && !existing {
        let owner = if random.bool() { "aws" } else { &account };
        set(
            "permissions-boundary",
            format!(
                "arn:{partition}:iam::{owner}:policy/{}",
                letters(random, IAM, 1, 40)
            ),
        );
    }
    if random.bool() {
        set("tags", random_tags(random));
    }
    if random.bool() {
        set("contact", letters(random, "aZ9_-./:#@+", 1, 100));
    }
    if random.bool() && !existing {
        set("source-account", "true".into());
    }
    let (text, audio) = [(true, false), (false, true), (true, true)][random.usize(..3)];
    if text {
        set(
            "log-group-name",
            format!("/{}", letters(random, "aZ9_-/.#", 1, 60)),
        );
        if random.bool() {
            let id = "0987dcba-09fe-87dc-65ba-ab0987654321";
            set(
                "log-group-kms-key-arn",
                format!("arn:{partition}:kms:{region}:{account}:key/{id}"),
            );
        }
        set("cloudwatch-policy-name", letters(random, IAM, 1, 120) + "1");
    }
    if audio {
        set(
            "bucket-name",
            format!("b{}b", letters(random, "az09-", 1, 40)),
        );
        set("s3-policy-name", letters(random, IAM, 1, 120) + "2");
        if random.bool() {
            set(
                "audio-log-prefix",
                format!("x{}", letters(random, "aZ9/!-_'()&@=;:+, ", 0, 60)),
            );
        }
        if random.bool() {
            let id = "1234abcd-12ab-34cd-56ef-1234567890ab";
            set(
                "kms-key-arn",
                format!("arn:{partition}:kms:{region}:{account}:key/{id}"),
            );
            if random.bool() {
                set("kms-decrypt", "true".into());
            }
            set("kms-policy-name", letters(random, IAM, 1, 120) + "3");
        }
    }
    let is_v2 = parameters[0].1 == "v2";
    let replica = (is_v2 && region == "us-east-1").then_some("us-west-2");
    parameters.extend(to_create(random, text, audio, replica));
    parameters.extend(custom(random));
    parameters.extend(to_pass_the_role(random, &parameters, partition));
    parameters.extend(of_a_bot(random, &parameters));
    // Not drawn: what the others are stays as it is.
    if parameters.len() % 4 == 0 {
        parameters.push(("cloudformation", "true".to_owned()));
    }
    parameters
}

/// What has the log group and the bucket created, perhaps.
fn to_create(
    random: &mut fastrand::Rng,
    text: bool,
    audio: bool,
    replica: Option<&str>,
) -> Parameters {
    let mut more = Vec::new();
    if text && random.bool() {
        more.push(("create-log-group", "true".to_owned()));
        if random.bool() {
            let days = random.choice(["1", "30", "3653"]).unwrap();
            more.push(("log-group-retention-days", days.to_owned()));
            // Not drawn, as above.
            if days == "30" {
                more.push(("log-group-deletion-protection", "true".to_owned()));
            }
        }
    }
    if let Some(replica) = replica.filter(|_| text && random.bool()) {
        more.push(("replica-region", replica.to_owned()));
    }
    if audio && random.bool() {
        more.push(("create-bucket", "true".to_owned()));
        if random.bool() {
            more.push(("audio-log-expiration-days", "90".to_owned()));
            more.push(("bucket-policy-tls-only", "true".to_owned()));
        }
    }
    more
}

/// The request of such parameters.
pub(crate) fn random_request(random: &mut fastrand::Rng) -> Request {
    let parameters = random_parameters(random);
    request(
        parameters
            .iter()
            .map(|(name, value)| (*name, value.as_str())),
    )
}

/// Values of one's own, perhaps.
fn custom(random: &mut fastrand::Rng) -> Option<(&'static str, String)> {
    let value = letters(random, "aZ9 $`'\"\\%^&|<>!;=é日", 0, 60);
    (random.u8(..4) == 0).then(|| ("custom", format!("ticket={value},days=3")))
}

/// What asks for the policy to pass the role, perhaps. The whole ARN of a role
/// that is there is known with its path alone.
fn to_pass_the_role(
    random: &mut fastrand::Rng,
    parameters: &Parameters,
    partition: &str,
) -> Parameters {
    let of = |name: &str| {
        let found = parameters.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    };
    let is_whole = of("existing-role").is_none() || of("role-path").is_some();
    if !is_whole || random.bool() {
        return Vec::new();
    }
    let mut more = vec![("pass-role-policy", "true".to_owned())];
    if random.bool() {
        let alias = match of("lex-version") {
            Some("v1") => "bot:Flowers_A:prod".to_owned(),
            _ => format!("bot-alias/{}/TSTALIASID", letters(random, "A9z", 10, 10)),
        };
        let (region, account) = (of("region").unwrap(), of("account-id").unwrap());
        let arn = format!("arn:{partition}:lex:{region}:{account}:{alias}");
        more.push(("associated-resource-arn", arn));
    }
    more
}

/// What asks for a bot's alias, perhaps.
fn of_a_bot(random: &mut fastrand::Rng, parameters: &Parameters) -> Parameters {
    let has = |name: &str| parameters.iter().any(|(known, _)| *known == name);
    let is_v1 = parameters.contains(&("lex-version", "v1".to_owned()));
    // An alias of V1 is told the whole ARN of the role.
    let is_whole = !has("existing-role") || has("role-path");
    if random.bool() || (is_v1 && !is_whole) {
        return Vec::new();
    }
    if is_v1 {
        return vec![
            ("bot-id", letters(random, "aZ", 2, 50)),
            ("bot-alias-id", letters(random, "aZ", 1, 100)),
        ];
    }
    let mut more = vec![
        ("bot-id", letters(random, "A9z", 10, 10)),
        ("bot-alias-id", "TSTALIASID".to_owned()),
    ];
    if has("log-group-name") && random.bool() {
        more.push(("text-log-prefix", letters(random, "aZ9._-/#", 1, 256)));
    }
    for (name, log) in [
        ("text-logs-selective", "log-group-name"),
        ("audio-logs-selective", "bucket-name"),
    ] {
        if has(log) && random.bool() {
            more.push((name, "true".to_owned()));
        }
    }
    more
}
