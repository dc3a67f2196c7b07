//! The bucket.

use lexlogs::request::Request;
use serde_json::{Value, json};

use super::TWO;
use crate::apply::{ACCOUNT, unpacked};
use crate::iam::{CLIS, Iam};
use crate::runner::{Runner, some_shells};
use crate::site::Site;
use crate::support::{each, folder, full, of_v2, request};
use crate::undo::line;

pub(super) const KEY: &str =
    "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

pub(super) fn request_with(more: &[(&'static str, &'static str)]) -> Request {
    let parameters = [
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "eu-west-1"),
        ("bucket-name", "audio-logs"),
        ("create-bucket", "true"),
        ("tags", "CostCenter=4711,Größe=½ Liter"),
    ];
    request(parameters.into_iter().chain(more.iter().copied()))
}

/// The first Region is no location constraint.
pub(super) fn in_first_region() -> Request {
    of_v2(&[("bucket-name", "audio-logs"), ("create-bucket", "true")])
}

/// Calls S3 on the bucket as somebody else would.
fn s3(iam: &mut Iam, method: &str, mut arguments: Value) -> Value {
    arguments["Bucket"] = json!("audio-logs");
    iam.ask(&format!("call s3 {method} {arguments}"))
}

/// Deletes every version of what the bucket holds.
pub(super) fn empty(iam: &mut Iam) {
    let listed = s3(iam, "list_object_versions", json!({}));
    for kind in ["Versions", "DeleteMarkers"] {
        for version in listed[kind].as_array().into_iter().flatten() {
            let arguments = json!({ "Key": version["Key"], "VersionId": version["VersionId"] });
            s3(iam, "delete_object", arguments);
        }
    }
}

fn create(iam: &mut Iam, region: &str) {
    let place = json!({ "LocationConstraint": region });
    s3(
        iam,
        "create_bucket",
        json!({ "CreateBucketConfiguration": place }),
    );
}

/// Each setting of a bucket that may differ: the call of somebody else, its arguments, what the scripts call it, and the value
/// in the account. The tags are theirs.
fn differences() -> [(&'static str, Value, &'static str, &'static str); 5] {
    let rules = |rule: &Value| json!({ "ServerSideEncryptionConfiguration": { "Rules": [rule] } });
    let block = json!({ "PublicAccessBlockConfiguration": {
        "BlockPublicAcls": true, "IgnorePublicAcls": true, "BlockPublicPolicy": false, "RestrictPublicBuckets": true,
    } });
    let aes = json!({ "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } });
    let other_key = json!({ "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "x" }, "BucketKeyEnabled": true });
    let theirs = json!({ "LifecycleConfiguration": { "Rules": [
        { "ID": "x", "Status": "Enabled", "Filter": { "Prefix": "x/" }, "Expiration": { "Days": 7 } },
    ] } });
    let (expiration, access, encryption) = (
        "expiration of audio logs of bucket audio-logs",
        "public access block of bucket audio-logs",
        "default encryption of bucket audio-logs",
    );
    [
        (
            "put_bucket_encryption",
            rules(&aes),
            access,
            "public-access-block none",
        ),
        (
            "put_public_access_block",
            block,
            access,
            "public-access-block 3",
        ),
        (
            "put_bucket_encryption",
            rules(&aes),
            encryption,
            "encryption none",
        ),
        (
            "put_bucket_encryption",
            rules(&other_key),
            encryption,
            "encryption x",
        ),
        (
            "put_bucket_lifecycle_configuration",
            theirs,
            expiration,
            "expiration Enabled x/ 7",
        ),
    ]
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn an_existing_bucket_is_compared_and_never_deleted() {
    let mut iam = Iam::start(ACCOUNT);
    iam.ask("region eu-west-1");
    let request = request_with(&[("kms-key-arn", KEY), ("audio-log-expiration-days", "90")]);
    let mut expected = crate::iam::bucket("eu-west-1", KEY, &json!({ "Theirs": "1" }));
    expected["lifecycle"] = crate::iam::expiration("", 90);
    let shells = some_shells(2);
    for case in each(&[shells.len(), CLIS.len()]) {
        iam.ask("reset");
        let site = Site::new(&iam, &request, shells[case[0]], CLIS[case[1]]);
        create(&mut iam, "eu-west-1");
        let tags = json!({ "Tagging": { "TagSet": [{ "Key": "Theirs", "Value": "1" }] } });
        s3(&mut iam, "put_bucket_tagging", tags);
        // All in bash; elsewhere one or two.
        let differences = differences();
        let chosen: &[usize] = match site.runner {
            _ if full() => &[0, 1, 2, 3, 4],
            Runner::Shell(0) => &[0, 1, 2, 3, 4],
            Runner::Shell(_) => &[2],
            _ => &[3, 4],
        };
        for &index in chosen {
            let (method, change, what, account) = differences[index].clone();
            s3(&mut iam, method, change);
            let words = line("differs", what) + &format!("      in the account:  {account}\n");
            site.refused(&mut iam, ("apply", &["--yes"]), 1, &words);
            assert_eq!(site.run("check", &[]).code, 1, "{site:?}");
            let updated = site.done("apply", &["--yes", "--update"]);
            assert!(
                updated
                    .stdout
                    .contains("\n  in place  tags of bucket audio-logs\n"),
                "{updated:?}"
            );
            assert_eq!(
                iam.ask("state")["buckets"]["audio-logs"],
                expected,
                "{site:?}"
            );
        }
        site.done("check", &[]);
        for arguments in [&["--yes"][..], &["--yes", "--without-receipt"]] {
            let undone = site.done("undo", arguments);
            let words = line("keep", "bucket audio-logs")
                + "      the receipt does not say that apply created it as it is\n";
            assert!(undone.stdout.contains(&words), "{site:?}: {undone:?}");
            assert_eq!(
                iam.ask("state")["buckets"]["audio-logs"],
                expected,
                "{site:?}"
            );
            std::fs::remove_file(site.folder.join("receipt.txt")).unwrap();
        }

        // In another Region it is of no use, and cannot be moved.
        s3(&mut iam, "delete_bucket", json!({}));
        iam.ask("region us-west-2");
        create(&mut iam, "us-west-2");
        iam.ask("region eu-west-1");
        let words =
            line("differs", "bucket audio-logs") + "      in the account:  region us-west-2\n";
        site.refused(&mut iam, ("apply", &["--yes", "--update"]), 1, &words);
    }
}

/// The server does not read the policy's condition and denies what is done with objects: none is, here.
#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_policy_is_set_on_a_new_bucket_alone_and_never_replaced() {
    let mut iam = Iam::start(ACCOUNT);
    iam.ask("region eu-west-1");
    let request = request_with(&[("bucket-policy-tls-only", "true")]);
    let what = "policy of bucket audio-logs";
    let theirs = json!({ "Version": "2012-10-17", "Statement": [{ "Sid": "Theirs", "Effect": "Deny", "Principal": "*",
        "Action": "s3:*", "Resource": "arn:aws:s3:::audio-logs/a" }] });
    for (runner, cli) in std::iter::zip(TWO, CLIS) {
        iam.ask("reset");
        let site = Site::new(&iam, &request, runner, cli);
        site.done("apply", &["--yes"]);
        let applied = iam.ask("state");
        let policy = site.json("LexConversationLogsBucketPolicy.json");
        assert_eq!(applied["buckets"]["audio-logs"]["policy"], policy);
        let checked = site.done("check", &[]);
        assert!(checked.stdout.contains(&line("in place", what)));
        // Set by apply and replaced by others since, set by others before apply came to it, or missing.
        let receipt = site.receipt();
        let broken_off: String = receipt
            .split_inclusive('\n')
            .filter(|line| !line.contains(": policy of "))
            .collect();
        let set = json!({ "Policy": theirs.to_string() });
        s3(&mut iam, "put_bucket_policy", set);
        let differs = |account: &str| {
            line("differs", what)
                + &format!(
                    "      in the account:  policy {account}\n      in the bundle:   policy DenyInsecureTransport\n"
                )
        };
        for receipt in [&receipt, &broken_off, ""] {
            site.write_receipt(receipt);
            let words = differs("lacks it: add the statement");
            site.refused(&mut iam, ("apply", &["--yes", "--update"]), 1, &words);
            assert_eq!(site.run("check", &[]).code, 1, "{site:?}");
        }
        s3(&mut iam, "delete_bucket_policy", json!({}));
        for receipt in [&receipt, ""] {
            site.write_receipt(receipt);
            let words = differs("none");
            site.refused(&mut iam, ("apply", &["--yes", "--update"]), 1, &words);
        }
        site.write_receipt(&broken_off);
        site.done("apply", &["--yes"]);
        assert_eq!(iam.ask("state"), applied, "{site:?}");
        site.done("undo", &["--yes"]);
        assert_eq!(iam.ask("state")["buckets"], json!({}), "{site:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_bucket_of_another_account_stops_apply() {
    let mut iam = Iam::start(ACCOUNT);
    iam.ask("region eu-west-1");
    let empty = iam.ask("state");
    for (runner, cli) in std::iter::zip(TWO, CLIS) {
        let site = Site::new(&iam, &request_with(&[]), runner, cli);
        // It may not be read, or its name is taken.
        for (call, code, end) in [
            (2, "AccessDenied", "\nNothing was changed.\n"),
            (
                9,
                "BucketAlreadyExists",
                "\nRunning this again is safe: it continues where it stopped.\n",
            ),
        ] {
            iam.ask(&format!("fault {call} {code}"));
            let stopped = site.run("apply", &["--yes"]);
            assert_eq!(iam.ask("unfault"), true, "{site:?}: {stopped:?}");
            assert_eq!(stopped.code, 3, "{site:?}: {stopped:?}");
            assert!(
                stopped.stderr.contains(&format!("({code})")),
                "{site:?}: {stopped:?}"
            );
            assert!(stopped.stderr.ends_with(end), "{site:?}: {stopped:?}");
            assert_eq!(iam.ask("state"), empty, "{site:?}");
        }
        assert!(
            site.receipt()
                .contains("\nnot created: arn:aws:s3:::audio-logs"),
            "{site:?}"
        );
    }
}

/// The server does not know `--bucket-namespace`.
#[test]
#[ignore = "needs the real shells: run tests/run"]
fn a_bucket_in_the_namespace_of_its_account_is_asked_for() {
    let aws = crate::recording::RecordingAws::new();
    let name = "audio-111122223333-eu-west-1-an";
    let request = request_with(&[("bucket-name", name)]);
    aws.answer(&request);
    let place = folder();
    let folder = unpacked(&request, place.path());
    aws.run(&["bash"], &["apply.sh", "--yes"], &folder);
    let calls = aws.take_calls();
    let created = calls.iter().find(|call| call[1] == "create-bucket");
    let expected = "s3api create-bucket --bucket audio-111122223333-eu-west-1-an --bucket-namespace account-regional \
                    --create-bucket-configuration LocationConstraint=eu-west-1 --region eu-west-1";
    assert_eq!(created.unwrap().join(" "), expected);
    let notes = request.notes();
    assert!(
        notes
            .iter()
            .any(|note| note.contains("`--bucket-namespace`"))
    );
}
