use crate::request::resolve::tests::with;

#[test]
fn notes_say_what_is_right_but_worth_knowing() {
    let notes = |more: &[(&str, &str)]| with(more).expect("good parameters").notes.join("\n");
    assert_eq!(notes(&[]), "");
    assert!(notes(&[("lex-version", "v1")]).contains("2025-09-15"));
    assert!(notes(&[("region", "us-esat-1")]).contains("Did you mean `us-east-1`?"));
    assert_eq!(
        notes(&[("region", "sa-west-2")]),
        "`region` sa-west-2 is not among the Regions this version knows (botocore 1.44.8); by its prefix it is taken to be of the partition `aws`."
    );
    assert!(notes(&[("region", "sa-west-1")]).contains("no endpoint"));
    let gov = ("region", "us-gov-west-1");
    assert!(notes(&[gov]).contains("only roles of the partition `aws`"));
    assert_eq!(notes(&[gov, ("lex-version", "v1")]).lines().count(), 1);
    assert!(notes(&[("region", "eu-north-1")]).contains("no endpoint"));
    assert!(notes(&[("lex-version", "v1"), ("source-account", "true")]).contains("Test it"));
    assert!(notes(&[("lex-version", "v1"), ("audio-log-prefix", "a/")]).contains("resourcePrefix"));
    assert!(notes(&[("audio-log-prefix", "/a/")]).contains("literally"));
    assert!(notes(&[("kms-policy-name", "X")]).contains("no effect without `kms-key-arn`"));
    let alias = "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST";
    assert!(
        notes(&[
            ("pass-role-policy", "true"),
            ("associated-resource-arn", alias)
        ])
        .contains("with the bot, not with an alias")
    );
    let foreign = "arn:aws:kms:us-east-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    assert!(notes(&[("kms-key-arn", foreign)]).contains("999999999999"));
    assert!(notes(&[("log-group-kms-key-arn", foreign)]).contains("999999999999"));
    assert!(notes(&[("kms-decrypt", "true")]).contains("no effect without `kms-key-arn`"));
    let creation = ("create-log-group", "true");
    assert!(notes(&[creation]).contains("never expire"));
    let kept = [creation, ("log-group-retention-days", "30")];
    assert_eq!(notes(&kept), "");
    let replica = ("replica-region", "us-west-2");
    assert!(notes(&[replica]).contains("switch logs on in us-east-1 alone"));
    let key = foreign.replace("999999999999", "111122223333");
    assert!(notes(&[replica, ("log-group-kms-key-arn", &key)]).contains("must have no KMS key"));
    let own = [
        ("bucket-name", "audio-111122223333-us-east-1-an"),
        ("create-bucket", "true"),
    ];
    assert!(notes(&own).contains("an AWS CLI that knows `--bucket-namespace`"));
    assert_eq!(notes(&[own[0]]), "");
}
