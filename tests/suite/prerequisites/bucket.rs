//! The same of the bucket.

use lexlogs::spec::Request;
use serde_json::json;

use super::{Run, SHELLS, changes};
use crate::apply::{ACCOUNT, unpacked};
use crate::iam::{CLIS, Iam, expected_state};
use crate::support::{bundle, folder, request};

const BUCKET_KEY: &str =
    "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

fn audio_bucket(more: &[(&'static str, &'static str)]) -> Request {
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

fn of_s3(iam: &mut Iam, method: &str, arguments: &serde_json::Value) {
    iam.ask(&format!("call s3 {method} {arguments}"));
}

fn create_bucket(iam: &mut Iam, region: &str) {
    let place = json!({ "LocationConstraint": region });
    let arguments = json!({ "Bucket": "audio-logs", "CreateBucketConfiguration": place });
    of_s3(iam, "create_bucket", &arguments);
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_bucket_is_created_once_and_taken_out_while_it_is_empty() {
    let mut iam = Iam::start(ACCOUNT);
    let with_key = audio_bucket(&[("kms-key-arn", BUCKET_KEY)]);
    let in_first_region = request([
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("bucket-name", "audio-logs"),
        ("create-bucket", "true"),
    ]);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        for (region, request) in [("eu-west-1", &with_key), ("us-east-1", &in_first_region)] {
            iam.ask("reset");
            iam.ask(&format!("region {region}"));
            let place = folder();
            let folder = unpacked(request, place.path());
            let run = Run {
                runner,
                folder: &folder,
                cli,
            };
            let before = iam.ask("state");
            run.well(&iam, "apply", &[]);
            let applied = iam.ask("state");
            let expected = expected_state(request, &bundle(request), &before);
            assert_eq!(applied, expected, "{runner:?}");
            let checked = run.of(&iam, "check", &[]);
            let in_place =
                "  in place\n\nLooking at the public access block of the bucket audio-logs:";
            assert!(checked.stdout.contains(in_place), "{runner:?}: {checked:?}");
            assert!(
                !checked.stdout.contains("  different: "),
                "{runner:?}: {checked:?}"
            );

            iam.take_calls(cli);
            run.well(&iam, "apply", &[]);
            let calls = iam.take_calls(cli);
            assert!(!calls.iter().any(|call| changes(call)), "{calls:?}");

            // An object, and then nothing but the mark that it was deleted.
            let object = json!({ "Bucket": "audio-logs", "Key": "a b%" });
            let versions = json!({ "Bucket": "audio-logs", "VersioningConfiguration": { "Status": "Enabled" } });
            of_s3(&mut iam, "put_bucket_versioning", &versions);
            of_s3(&mut iam, "put_object", &object);
            let stays = "  stays: the bucket audio-logs: it is not empty, and what is in it is not for undo to delete\n";
            let undone = run.well(&iam, "undo", &["--yes"]);
            assert!(undone.stdout.contains(stays), "{runner:?}: {undone:?}");
            assert!(
                undone.stdout.ends_with("\nDone: what apply made is taken out, but for what stays, as said above. receipt.txt says what was done.\n"),
                "{runner:?}: {undone:?}"
            );
            of_s3(&mut iam, "delete_object", &object);
            let undone = run.well(&iam, "undo", &["--yes"]);
            assert!(undone.stdout.contains(stays), "{runner:?}: {undone:?}");
            let state = iam.ask("state");
            assert_eq!(state["buckets"], applied["buckets"], "{runner:?}");
            assert_eq!(state["roles"], before["roles"], "{runner:?}");

            empty_bucket(&mut iam);
            let undone = run.well(&iam, "undo", &["--yes"]);
            assert_eq!(iam.ask("state"), before, "{runner:?}: {undone:?}");
            let receipt = run.receipt();
            for step in 1..=3 {
                let removed = format!("\nstep-{step}: removed ");
                assert!(receipt.contains(&removed), "{runner:?}: {receipt}");
            }
        }
    }
}

/// Deletes every version of what a bucket holds.
fn empty_bucket(iam: &mut Iam) {
    let listed = iam.ask(r#"call s3 list_object_versions {"Bucket": "audio-logs"}"#);
    for kind in ["Versions", "DeleteMarkers"] {
        for version in listed[kind].as_array().into_iter().flatten() {
            let arguments = json!({
                "Bucket": "audio-logs",
                "Key": version["Key"],
                "VersionId": version["VersionId"],
            });
            of_s3(iam, "delete_object", &arguments);
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_bucket_that_was_there_is_compared_and_never_deleted() {
    let mut iam = Iam::start(ACCOUNT);
    iam.ask("region eu-west-1");
    let request = audio_bucket(&[("kms-key-arn", BUCKET_KEY)]);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        iam.ask("reset");
        let place = folder();
        let folder = unpacked(&request, place.path());
        let run = Run {
            runner,
            folder: &folder,
            cli,
        };
        create_bucket(&mut iam, "eu-west-1");
        let tags = json!({ "Bucket": "audio-logs", "Tagging": { "TagSet": [{ "Key": "Theirs", "Value": "1" }] } });
        of_s3(&mut iam, "put_bucket_tagging", &tags);
        let stopped = run.of(&iam, "apply", &[]);
        assert_eq!(stopped.code, 1, "{runner:?}: {stopped:?}");
        for said in [
            "  different: none\n\nLooking at the default encryption",
            "  note: Tags [{\"Key\":\"Theirs\",\"Value\":\"1\"}]\n  in place\n",
        ] {
            assert!(stopped.stdout.contains(said), "{runner:?}: {stopped:?}");
        }
        assert!(
            stopped.stderr.contains("  different: the public access block of the bucket audio-logs\n  different: the default encryption of the bucket audio-logs\n")
                && stopped.stderr.ends_with("use --update.\n"),
            "{runner:?}: {stopped:?}"
        );
        run.well(&iam, "apply", &["--update"]);
        let mut expected = crate::iam::bucket("eu-west-1", BUCKET_KEY, &json!({ "Theirs": "1" }));
        assert_eq!(iam.ask("state")["buckets"]["audio-logs"], expected);
        let checked = run.of(&iam, "check", &[]);
        assert!(!checked.stdout.contains("  different: "), "{checked:?}");

        // Each thing that can differ.
        let block = json!({ "Bucket": "audio-logs", "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": true, "IgnorePublicAcls": true, "BlockPublicPolicy": false, "RestrictPublicBuckets": true,
        } });
        of_s3(&mut iam, "put_public_access_block", &block);
        let rule = |rule: serde_json::Value| json!({ "Bucket": "audio-logs", "ServerSideEncryptionConfiguration": { "Rules": [rule] } });
        let checked = run.of(&iam, "check", &[]);
        assert_eq!(checked.code, 1);
        assert!(
            checked
                .stdout
                .contains("  different: BlockPublicPolicy false\n"),
            "{checked:?}"
        );
        for (other, said) in [
            (
                json!({ "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } }),
                "  different: SSEAlgorithm AES256\n  different: KMSMasterKeyID none\n  different: BucketKeyEnabled false\n",
            ),
            (
                json!({ "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "x" }, "BucketKeyEnabled": true }),
                "  different: KMSMasterKeyID x\n",
            ),
        ] {
            of_s3(&mut iam, "put_bucket_encryption", &rule(other));
            let checked = run.of(&iam, "check", &[]);
            assert!(checked.stdout.contains(said), "{said}: {checked:?}");
        }
        run.well(&iam, "apply", &["--update"]);
        assert_eq!(iam.ask("state")["buckets"]["audio-logs"], expected);

        let undone = run.well(&iam, "undo", &["--yes"]);
        assert!(
            undone.stdout.contains(
                "  stays: the bucket audio-logs: the receipt does not say that apply made it\n"
            ),
            "{runner:?}: {undone:?}"
        );
        assert_eq!(iam.ask("state")["buckets"]["audio-logs"], expected);
        std::fs::remove_file(folder.join("receipt.txt")).unwrap();
        run.well(&iam, "undo", &["--yes", "--without-receipt"]);
        assert_eq!(iam.ask("state")["buckets"]["audio-logs"], expected);

        // In another Region it is of no use, and cannot be moved.
        of_s3(
            &mut iam,
            "delete_bucket",
            &json!({ "Bucket": "audio-logs" }),
        );
        iam.ask("region us-west-2");
        create_bucket(&mut iam, "us-west-2");
        iam.ask("region eu-west-1");
        expected = iam.ask("state");
        let refused = run.of(&iam, "apply", &["--update"]);
        assert_eq!(refused.code, 1, "{refused:?}");
        assert!(
            refused.stdout.contains("  different: Region us-west-2\n"),
            "{refused:?}"
        );
        assert!(
            refused.stderr.contains("An Arn or a Region that differs, or the trust policy of a role that was there before, is not for this script to change"),
            "{refused:?}"
        );
        assert_eq!(iam.ask("state"), expected);
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_bucket_of_another_account_stops_apply_with_a_sentence() {
    let mut iam = Iam::start(ACCOUNT);
    iam.ask("region eu-west-1");
    let request = audio_bucket(&[]);
    let sentence = "If the bucket belongs to another account, ask the requester for a bundle with another name: all accounts share them.\n";
    for runner in [SHELLS[0], SHELLS[2]] {
        for cli in CLIS {
            let place = folder();
            let folder = unpacked(&request, place.path());
            let run = Run {
                runner,
                folder: &folder,
                cli,
            };
            let before = iam.ask("state");
            // Looking at it, and creating it.
            for (call, code, at) in [
                (
                    2,
                    "AccessDenied",
                    "apply: looking at the bucket audio-logs failed: ",
                ),
                (
                    6,
                    "BucketAlreadyExists",
                    "Step 1 of 7 failed: create the bucket audio-logs (",
                ),
            ] {
                iam.ask(&format!("fault {call} {code}"));
                let stopped = run.of(&iam, "apply", &[]);
                assert_eq!(iam.ask("unfault"), true, "{runner:?}: {stopped:?}");
                assert_eq!(stopped.code, 3, "{runner:?}: {stopped:?}");
                for said in [code, sentence, at] {
                    assert!(stopped.stderr.contains(said), "{said}: {stopped:?}");
                }
                assert_eq!(iam.ask("state"), before, "{runner:?}");
            }
            assert!(
                run.receipt()
                    .contains("\nstep-1: failed arn:aws:s3:::audio-logs")
            );
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn what_apply_was_stopped_before_of_a_bucket_needs_no_update() {
    let mut iam = Iam::start(ACCOUNT);
    iam.ask("region eu-west-1");
    let request = audio_bucket(&[]);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        iam.ask("reset");
        let before = iam.ask("state");
        let place = folder();
        let folder = unpacked(&request, place.path());
        let run = Run {
            runner,
            folder: &folder,
            cli,
        };
        // Stopped at each of what follows the bucket, one after the other. The
        // looks that come to it are one more each time.
        for call in [7, 10, 13] {
            iam.ask(&format!("fault {call} AccessDenied"));
            let stopped = run.of(&iam, "apply", &[]);
            assert_eq!(iam.ask("unfault"), true, "{runner:?}: {stopped:?}");
            assert_eq!(stopped.code, 3, "{runner:?}, {call}: {stopped:?}");
        }
        run.well(&iam, "apply", &[]);
        let applied = iam.ask("state");
        let expected = expected_state(&request, &bundle(&request), &before);
        assert_eq!(applied, expected, "{runner:?}");
        run.well(&iam, "undo", &["--yes"]);
        assert_eq!(iam.ask("state"), before, "{runner:?}");
    }
}

/// moto does not know `--bucket-namespace`.
#[test]
#[ignore = "needs the real shells: run tests/run"]
fn a_recording_aws_is_asked_for_a_bucket_of_the_accounts_own_namespace() {
    let aws = crate::recording::RecordingAws::new();
    let name = "audio-111122223333-eu-west-1-an";
    let request = audio_bucket(&[("bucket-name", name)]);
    aws.answer(&request);
    let place = folder();
    let folder = unpacked(&request, place.path());
    aws.run(&["bash"], &["apply.sh"], &folder);
    let calls = aws.take_calls();
    let created = calls.iter().find(|call| call[1] == "create-bucket");
    let expected: Vec<&str> = "s3api create-bucket --bucket audio-111122223333-eu-west-1-an \
--bucket-namespace account-regional --create-bucket-configuration LocationConstraint=eu-west-1 --region eu-west-1"
        .split(' ')
        .collect();
    assert_eq!(
        created,
        Some(&expected.into_iter().map(String::from).collect())
    );
    assert!(
        request
            .notes()
            .iter()
            .any(|note| note.contains("`--bucket-namespace`"))
    );
}
