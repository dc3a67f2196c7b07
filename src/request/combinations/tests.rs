use crate::diagnostic::Diagnostics;
use crate::parameters::Key;
use crate::request::Request;
use crate::request::resolve::tests::{GOOD, faults, raw, with};

#[test]
fn values_that_do_not_fit_each_other_are_refused() {
    let boundary = "permissions-boundary";
    assert_eq!(
        faults(
            &[(boundary, "arn:aws:iam::999999999999:policy/B")],
            "of the account 999999999999"
        ),
        [boundary]
    );
    assert_eq!(
        faults(
            &[(boundary, "arn:aws-cn:iam::111122223333:policy/B")],
            "partition `aws-cn`"
        ),
        [boundary]
    );
    assert_eq!(
        faults(
            &[
                (boundary, "arn:aws:iam::aws:policy/B"),
                ("existing-role", "true")
            ],
            "keeps its own"
        ),
        [boundary]
    );
    assert_eq!(
        faults(
            &[
                ("role-name", "AWSServiceRoleForLexV2Bots_X"),
                ("existing-role", "true")
            ],
            "service-linked"
        ),
        ["role-name"]
    );
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    assert_eq!(
        faults(&[("kms-key-arn", key)], "is a key of eu-west-1"),
        ["kms-key-arn"]
    );
    assert_eq!(
        faults(
            &[("log-group-kms-key-arn", key)],
            "the log group is in `region` us-east-1"
        ),
        ["log-group-kms-key-arn"]
    );
    let key = "arn:aws:kms:us-east-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let of_others = [("kms-key-arn", key), ("existing-role", "true")];
    assert_eq!(
        faults(&of_others, "whose policy must name the role by its ARN"),
        ["kms-key-arn"]
    );
    assert_eq!(
        faults(
            &[("log-group-kms-key-arn", "alias/lex")],
            "is an alias, which IAM ignores"
        ),
        ["log-group-kms-key-arn"]
    );
    assert_eq!(
        faults(
            &[("bucket-name", "audio-999999999999-us-east-1-an")],
            "-111122223333-us-east-1-an"
        ),
        ["bucket-name"]
    );
    assert!(with(&[("bucket-name", "audio-111122223333-us-east-1-an")]).is_ok());
    assert_eq!(
        faults(
            &[
                ("s3-policy-name", "logs"),
                ("cloudwatch-policy-name", "LOGS")
            ],
            "by case"
        ),
        ["s3-policy-name"]
    );
}

#[test]
fn the_policy_to_pass_the_role_fits_role_and_bot() {
    let (pass, on) = (("pass-role-policy", "true"), ("existing-role", "true"));
    assert_eq!(
        faults(&[pass, on], "set `role-path` too"),
        ["pass-role-policy"]
    );
    assert!(with(&[pass, on, ("role-path", "/")]).is_ok());
    let alias = |arn: &'static str| ("associated-resource-arn", arn);
    let of_v1 = alias("arn:aws:lex:us-east-1:111122223333:bot:Flowers:prod");
    let good = alias("arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST");
    for (arn, what) in [
        (of_v1.1, "of Amazon Lex V1, but `lex-version` is v2"),
        (
            "arn:aws:lex:eu-west-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST",
            "in eu-west-1",
        ),
        (
            "arn:aws:lex:us-east-1:999999999999:bot-alias/ABCDEFGHIJ/KLMNOPQRST",
            "of the account 999999999999",
        ),
        (
            "arn:aws-us-gov:lex:us-gov-west-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST",
            "partition `aws-us-gov`",
        ),
    ] {
        assert_eq!(faults(&[pass, alias(arn)], what), [good.0]);
    }
    assert!(with(&[pass, good]).is_ok());
    assert!(with(&[pass, of_v1, ("lex-version", "v1")]).is_ok());
    // A switch that is off is as good as none.
    for off in [&[good][..], &[good, ("pass-role-policy", "false")]] {
        assert_eq!(faults(off, "turn that on"), [good.0]);
    }
}

#[test]
fn what_concerns_audio_needs_a_bucket() {
    let text_only = [
        &GOOD[..4],
        &[
            ("audio-log-prefix", "a/"),
            ("kms-key-arn", Key::KmsKeyArn.parameter().example),
        ],
    ]
    .concat();
    let Diagnostics(faults) = Request::new(&raw(&text_only), Vec::new()).expect_err("no bucket");
    let names: Vec<_> = faults
        .iter()
        .filter_map(|fault| fault.name.as_deref())
        .collect();
    assert_eq!(names, ["audio-log-prefix", "kms-key-arn"]);
}

#[test]
fn a_retention_is_for_a_log_group_that_is_created() {
    let days = ("log-group-retention-days", "30");
    let refused = "has no effect without `create-log-group`; turn that on";
    assert_eq!(faults(&[days], refused), ["log-group-retention-days"]);
    let off = [days, ("create-log-group", "false")];
    assert_eq!(faults(&off, refused), ["log-group-retention-days"]);
    assert!(with(&[days, ("create-log-group", "true")]).is_ok());
}

#[test]
fn a_bot_is_one_of_its_version_and_has_an_alias() {
    let v2 = [("bot-id", "ABCDEFGHIJ"), ("bot-alias-id", "TSTALIASID")];
    let v1 = [("bot-id", "OrderFlowers"), ("bot-alias-id", "live")];
    assert!(with(&v2).is_ok());
    let given = [&v1[..], &[("lex-version", "v1")]].concat();
    assert!(with(&given).is_ok());
    assert_eq!(
        faults(&v1, "is no id of Amazon Lex V2"),
        ["bot-id", "bot-alias-id"]
    );
    let given = [("bot-id", "ABCDE12345"), v1[1], ("lex-version", "v1")];
    assert_eq!(faults(&given, "is no name of Amazon Lex V1"), ["bot-id"]);
    assert_eq!(
        faults(&v2[..1], "has no effect without `bot-alias-id`"),
        ["bot-id"]
    );
    assert_eq!(
        faults(&v2[1..], "has no effect without `bot-id`"),
        ["bot-alias-id"]
    );

    let prefix = ("text-log-prefix", "live/");
    let selective = ("text-logs-selective", "true");
    let given = [v1[0], v1[1], ("lex-version", "v1"), prefix, selective];
    assert_eq!(
        faults(&given, "is for Amazon Lex V2: leave it out"),
        ["text-log-prefix", "text-logs-selective"]
    );
    let mut text = raw(&[&GOOD[..], &v2, &[("audio-logs-selective", "true")]].concat());
    text.remove(Key::BucketName);
    let Diagnostics(refused) = Request::new(&text, Vec::new()).expect_err("no audio logs");
    let names: Vec<_> = refused.iter().map(|fault| fault.name.as_deref()).collect();
    assert_eq!(names, [Some("audio-logs-selective")]);
    let given = [
        v1[0],
        v1[1],
        ("lex-version", "v1"),
        ("existing-role", "true"),
    ];
    assert_eq!(faults(&given, "set `role-path` too"), ["bot-id"]);
    let given = [&given[..], &[("role-path", "/")]].concat();
    assert!(with(&given).is_ok());
    // V2's bot tells which role it has.
    assert!(with(&[v2[0], v2[1], ("existing-role", "true")]).is_ok());
    let mut audio = raw(&[&GOOD[..], &v2, &[prefix, ("bucket-name", "audio")]].concat());
    audio.remove(Key::LogGroupName);
    let Diagnostics(faults) =
        Request::new(&audio, Vec::new()).expect_err("a prefix without text logs");
    assert!(
        faults
            .iter()
            .all(|fault| fault.name.as_deref() == Some("text-log-prefix")),
        "{faults:?}"
    );
}

#[test]
fn a_replica_is_in_the_other_region_of_a_pair() {
    let with_replica = |region, replica, more: &[(&str, &str)]| {
        let given = [("region", region), ("replica-region", replica)];
        with(&[&given, more].concat())
    };
    for (region, replica) in [("us-west-2", "us-east-1"), ("eu-west-2", "eu-central-1")] {
        assert!(with_replica(region, replica, &[]).is_ok(), "{region}");
    }
    for (region, replica) in [
        ("us-east-1", "us-east-1"),
        ("us-east-1", "eu-central-1"),
        ("eu-west-1", "eu-west-2"),
    ] {
        let faults = with_replica(region, replica, &[])
            .expect_err(region)
            .to_string();
        assert!(
            faults.contains("the pairs are us-east-1 and us-west-2, eu-west-2 and eu-central-1"),
            "{faults}"
        );
    }
    let faults = with_replica("us-east-1", "us-west-2", &[("lex-version", "v1")]);
    let faults = faults.expect_err("v1").to_string();
    assert!(faults.contains("is for Amazon Lex V2"), "{faults}");
}
