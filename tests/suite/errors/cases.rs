//! The mistakes.

/// A mistake.
pub(super) struct Case {
    pub(super) name: &'static str,
    /// The files that are there.
    pub(super) files: &'static [(&'static str, &'static [u8])],
    pub(super) arguments: &'static [&'static str],
    /// Whether the messages say word for word what passes, so that whoever does it
    /// has a bundle.
    pub(super) is_told_whole: bool,
}

/// Parameters that pass.
pub(super) const GOOD_TOML: &str = "lex-version = \"v2\"\naccount-id = \"111122223333\"\nregion = \"us-east-1\"\nlog-group-name = \"/lex/a\"\n";

/// The first lines of files whose last lines are at fault.
macro_rules! toml {
    ($rest:literal) => {
        concat!(
            "lex-version = \"v2\"\naccount-id = \"111122223333\"\nlog-group-name = \"/lex/a\"\n",
            $rest
        )
        .as_bytes()
    };
}

macro_rules! json {
    ($rest:literal) => {
        concat!(
            "{\n  \"lex-version\": \"v2\",\n  \"account-id\": \"111122223333\",\n  \"log-group-name\": \"/lex/a\",\n",
            $rest
        )
        .as_bytes()
    };
}

macro_rules! file {
    ($name:literal, $told:literal, $file:literal, $bytes:expr) => {
        Case {
            name: $name,
            files: &[($file, $bytes)],
            arguments: &["bundle", $file],
            is_told_whole: $told,
        }
    };
}

macro_rules! flags {
    ($name:literal, $told:literal, $($flag:literal),*) => {
        Case {
            name: $name,
            files: &[],
            arguments: &["bundle", $($flag),*],
            is_told_whole: $told,
        }
    };
}

/// With all else that a bundle takes.
macro_rules! good_flags {
    ($name:literal, $told:literal, $($flag:literal),*) => {
        flags!($name, $told, "--lex-version", "v2", "--account-id", "111122223333", "--log-group-name", "/lex/a", $($flag),*)
    };
}

macro_rules! rows {
    ($name:literal, $told:literal, $file:literal, $bytes:expr) => {
        Case {
            name: $name,
            files: &[($file, $bytes)],
            arguments: &[
                "fleet",
                $file,
                "-o",
                "out",
                "--lex-version",
                "v2",
                "--log-group-name",
                "/lex/a",
            ],
            is_told_whole: $told,
        }
    };
}

pub(super) const CASES: &[Case] = &[
    // A Region.
    file!("region-wrong-toml", true, "a.toml", toml!("region = \"Frankfurt\"\n")),
    file!("region-misspelt-toml", true, "a.toml", toml!("region = \"eu_west_1\" # Ireland\n")),
    file!("region-misspelt-json", true, "a.json", json!("  \"region\": \"US-EAST-1\"\n}\n")),
    good_flags!("region-misspelt-flag", true, "--region", "us-east-1a"),
    rows!("region-misspelt-csv", true, "a.csv", b"account-id,region\n111122223333,us-east-1\n444455556666,us east 1\n"),
    rows!("region-misspelt-jsonl", true, "a.jsonl", b"{\"account-id\": \"111122223333\", \"region\": \"eu-wset-1x\"}\n"),
    // A KMS key.
    file!("kms-alias-arn-toml", true, "a.toml", toml!("region = \"eu-west-1\"\nbucket-name = \"audio\"\nkms-key-arn = \"arn:aws:kms:eu-west-1:111122223333:alias/lex\"\n")),
    good_flags!("kms-alias-flag", true, "--region", "us-east-1", "--log-group-kms-key-arn", "alias/lex"),
    file!("kms-key-id-json", true, "a.json", json!("  \"region\": \"eu-west-1\", \"log-group-kms-key-arn\": \"1234ABCD-12ab-34cd-56ef-1234567890ab\"\n}")),
    file!("kms-key-of-another-region-toml", true, "a.toml", toml!("region = \"eu-west-1\"\nlog-group-kms-key-arn = \"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\"\n")),
    // A bucket.
    file!("bucket-capitals-toml", true, "a.toml", toml!("region = \"us-east-1\"\nbucket-name = \"Support-Bot\"\n")),
    good_flags!("bucket-capitals-flag", true, "--region", "us-east-1", "--bucket-name=Support-Bot"),
    rows!("bucket-capitals-csv", true, "a.csv", b"account-id;region;bucket-name\r\n111122223333;us-east-1;\"Support-Bot\"\r\n"),
    file!("bucket-address-json", true, "a.json", json!("  \"region\": \"us-east-1\",\n  \"bucket-name\": \"s3://support-bot/audio/\"\n}")),
    good_flags!("bucket-underscore-flag", true, "--region", "us-east-1", "--bucket-name", "support_bot"),
    // A misspelt name.
    file!("key-misspelt-toml", true, "a.toml", toml!("regoin = \"us-east-1\"\nrole_name = \"Lex\"\nbucket = \"audio\"\n")),
    file!("key-misspelt-json", true, "a.json", json!("  \"Region\": \"us-east-1\"\n}\n")),
    file!("unknown-key-toml", false, "a.toml", toml!("region = \"us-east-1\"\ncolour = \"red\"\n")),
    rows!("key-misspelt-csv", true, "a.csv", b"acount-id,region\n111122223333,us-east-1\n"),
    rows!("key-misspelt-jsonl", true, "a.jsonl", b"{\"account_id\": \"111122223333\", \"region\": \"us-east-1\"}\n"),
    good_flags!("flag-misspelt", false, "--regoin", "us-east-1"),
    Case { name: "command-misspelt", files: &[], arguments: &["bundel"], is_told_whole: false },
    Case { name: "shell-misspelt", files: &[], arguments: &["docs", "page", "--lex-version", "v2", "--shell", "bsah"], is_told_whole: false },
    rows!("header-missing-csv", false, "a.csv", b"111122223333,us-east-1\n"),
    // Two versions of Amazon Lex.
    file!("two-versions-toml", false, "a.toml", toml!("region = \"us-east-1\"\nlex-version = \"v1\"\n")),
    file!("two-versions-json", false, "a.json", json!("  \"region\": \"us-east-1\",\n  \"lex-version\": \"v1\"\n}\n")),
    good_flags!("two-versions-flag", false, "--region", "us-east-1", "--lex-version", "v1"),
    rows!("two-versions-csv", false, "a.csv", b"lex-version,account-id,region,lex-version\nv1,111122223333,us-east-1,v2\n"),
    flags!("version-wrong-flag", true, "--lex-version", "2", "--account-id", "111122223333", "--region", "us-east-1", "--bucket-name", "audio"),
    file!("version-wrong-json", true, "a.json", b"{\"lex-version\": \"Lex V2\", \"account-id\": \"111122223333\", \"region\": \"us-east-1\", \"bucket-name\": \"audio\"}"),
    // Nothing.
    flags!("missing-all-flags", true, "--contact", "iam@example.com"),
    flags!("nothing-set", false,),
    file!("missing-all-toml", true, "a.toml", b""),
    file!("missing-all-json", true, "a.json", b"{}"),
    rows!("missing-csv", true, "a.csv", b"role-name,account-id,region\nA,,us-east-1\nB,111122223333,\n"),
    rows!("missing-jsonl", false, "a.jsonl", b"{\"region\": \"us-east-1\"}\n"),
    rows!("too-few-cells-csv", false, "a.csv", b"account-id,region,role-name\n111122223333,us-east-1\n444455556666,us-east-1,A,B\n"),
    rows!("no-rows-csv", false, "a.csv", b"account-id,region\n"),
    rows!("empty-csv", false, "a.csv", b"\n"),
    flags!("flag-without-value", false, "--region"),
    file!("below-tags-toml", false, "a.toml", b"lex-version = \"v2\"\naccount-id = \"111122223333\"\n[tags]\nTeam = \"Voice\"\nregion = \"us-east-1\"\nlog-group-name = \"/lex/a\"\n"),
    // An account.
    file!("account-number-toml", true, "a.toml", b"account-id = 111122223333\nlex-version = \"v2\"\nregion = \"us-east-1\"\nlog-group-name = \"/lex/a\"\n"),
    file!("account-number-json", true, "a.json", b"{\"account-id\":111122223333, \"lex-version\": \"v2\", \"region\": \"us-east-1\",\n\"log-group-name\": \"/lex/a\"}"),
    file!("account-leading-zero-toml", true, "a.toml", b"account-id = 011122223333\nlex-version = \"v2\"\nregion = \"us-east-1\"\nlog-group-name = \"/lex/a\"\n"),
    flags!("account-eleven-digits-flag", true, "--account-id", "11122223333", "--lex-version", "v2", "--region", "us-east-1", "--bucket-name", "audio"),
    flags!("account-separators-flag", true, "--account-id", "1111-2222-3333", "--lex-version", "v2", "--region", "us-east-1", "--bucket-name", "audio"),
    rows!("account-rounded-csv", true, "a.csv", b"account-id,region\n1.11122E+11,us-east-1\n"),
    // Syntax.
    file!("no-quotes-toml", true, "a.toml", toml!("region = us-east-1\nbucket-name = audio # the bucket\n")),
    file!("colons-toml", true, "a.toml", b"lex-version: v2\naccount-id: \"111122223333\"\nregion: us-east-1\nlog-group-name: /lex/a\n"),
    file!("one-quote-toml", true, "a.toml", toml!("region = \"us-east-1\n")),
    file!("no-bracket-toml", false, "a.toml", toml!("region = \"us-east-1\"\n[tags\nTeam = \"Voice\"\n")),
    file!("switch-capital-toml", true, "a.toml", toml!("region = \"us-east-1\"\nexisting-role = True\n")),
    file!("trailing-comma-json", false, "a.json", json!("  \"region\": \"us-east-1\",\n}\n")),
    file!("no-comma-json", false, "a.json", json!("  \"region\": \"us-east-1\"\n  \"role-name\": \"Lex\"\n}\n")),
    file!("comment-json", false, "a.json", json!("  // where the bot is\n  \"region\": \"us-east-1\"\n}\n")),
    file!("single-quotes-json", false, "a.json", json!("  \"region\": 'us-east-1'\n}\n")),
    file!("no-end-json", false, "a.json", json!("  \"region\": \"us-east-1\"\n")),
    file!("no-end-of-text-json", false, "a.json", json!("  \"region\": \"us-east-1\n}\n")),
    file!("array-json", false, "a.json", b"[{\"region\": \"us-east-1\"}]"),
    file!("empty-json", false, "a.json", b""),
    file!("more-than-json", false, "a.json", json!("  \"region\": \"us-east-1\"\n}\n}\n")),
    rows!("array-jsonl", false, "a.jsonl", b"[\n"),
    rows!("no-partner-csv", false, "a.csv", b"account-id,region\n111122223333,\"us-east-1\n444455556666,us-east-1\n"),
    file!("yaml", false, "a.yaml", b"region: us-east-1\n"),
    // Types.
    file!("types-toml", true, "a.toml", b"lex-version = 2\naccount-id = [\"111122223333\"]\nregion = { name = \"us-east-1\" }\nexisting-role = 1\nlog-group-name = 2026-01-02\nrole-name = true\ntags = \"Team\"\n")
    ,
    file!("types-json", true, "a.json", b"{\"lex-version\": 1.5, \"account-id\": null, \"region\": [\"us-east-1\"],\n \"existing-role\": \"yes\", \"bucket-name\": 12, \"tags\": [\"Team\", \"Voice\"]}"),
    file!(
        "lines-in-a-value-json",
        false,
        "a.json",
        json!("  \"region\": [\n    \"us-east-1\"\n  ]\n}\n")
    ),
    file!("tags-toml", false, "a.toml", toml!("region = \"us-east-1\"\n[tags]\nCostCenter = 4711\n\"aws:x\" = \"y\"\nTeam = \"a,b\"\nteam = \"b\"\n")),
    file!("twice-among-tags-toml", false, "a.toml", toml!("region = \"us-east-1\"\n[tags]\nregion = \"a\"\nregion = \"b\"\n")),
    // What goes with what.
    good_flags!("no-effect-flag", false, "--region", "us-east-1", "--audio-log-prefix", "a/"),
    file!("existing-role-toml", false, "a.toml", toml!("region = \"us-east-1\"\nexisting-role = true\nsource-account = true\npermissions-boundary = \"arn:aws:iam::111122223333:policy/Boundary\"\n")),
    file!("boundary-name-toml", true, "a.toml", toml!("region = \"us-east-1\"\npermissions-boundary = \"TeamBoundary\"\n")),
    file!("role-arn-toml", true, "a.toml", toml!("region = \"us-east-1\"\nrole-name = \"arn:aws:iam::111122223333:role/team/Lex\"\nrole-path = \"team\"\n")),
    file!("log-group-arn-json", true, "a.json", b"{\"lex-version\": \"v2\", \"account-id\": \"111122223333\", \"region\": \"us-east-1\",\n  \"log-group-name\": \"arn:aws:logs:us-east-1:111122223333:log-group:/lex/a:*\"}"),
    good_flags!("prefix-address-flag", true, "--region", "us-east-1", "--bucket-name", "audio", "--audio-log-prefix", "s3://audio/my bot/"),
    // Letters of all kinds.
    file!("control-characters-toml", true, "a.toml", toml!("region = \"us-east-1\"\nrole-name = \"a\\u001b[2Jb\"\n")),
    file!("control-characters-json", true, "a.json", json!("  \"region\": \"us-east-1\", \"role-name\": \"a\\u001b[2J\\u202e\"\n}\n")),
    file!("raw-control-character-toml", false, "a.toml", toml!("region = \"us-\x1b[2Jeast-1\"\n")),
    file!("raw-control-character-json", false, "a.json", json!("  \"region\": \"us-\x1b[2Jeast-1\"\n}\n")),
    good_flags!("control-characters-flag", true, "--region", "us-east-1\x1b[2J"),
    rows!("control-characters-csv", true, "a.csv", b"account-id,region\n111122223333,us-\x1b[2Jeast-1\n"),
    file!("not-utf8-toml", false, "a.toml", b"# M\xe4rz\nregion = \"us-east-1\"\n"),
    file!("utf16-json", false, "a.json", b"\xff\xfe{\0}\0"),
    rows!("not-utf8-csv", false, "a.csv", b"account-id,region,role-name\n111122223333,us-east-1,M\xe4rz\n"),
    rows!("not-utf8-jsonl", false, "a.jsonl", b"{\"account-id\": \"111122223333\", \"region\": \"us-east-1\"}\n{\"role-name\": \"M\xe4rz\"}\n"),
    rows!("utf16-csv", false, "a.csv", b"\xff\xfea\0"),
    file!("tabs-toml", true, "a.toml", toml!("\tregion\t=\t\"us_east_1\"\t# x\n")),
    file!("wide-letters-json", true, "a.json", json!("  \"tags\": {\"\u{65e5}\u{672c}\": \"\u{8a9e}\"}, \"region\": \"us_east_1\"\n}\n")),
    file!("wide-letters-marked-toml", false, "a.toml", toml!("region = \"us-east-1\"\nrole-name = \"\u{65e5}\u{672c}e\u{301}\" # \u{65e5}\n")),
    file!("combining-letters-toml", false, "a.toml", toml!("tags = { \"Gro\u{308}\u{df}e\" = \"\u{bd}\" }\nregion = \"us_east_1\"\n")),
    file!("crlf-toml", true, "a.toml", b"lex-version = \"v2\"\r\naccount-id = \"111122223333\"\r\nregion = \"us_east_1\"\r\nbucket-name = \"Audio\"\r\n"),
    file!("byte-order-mark-toml", true, "a.toml", b"\xef\xbb\xbfregion = \"us_east_1\"\r\nlex-version = \"v2\"\r\naccount-id = \"111122223333\"\r\nbucket-name = \"audio\"\r\n"),
    rows!("byte-order-mark-csv", true, "a.csv", b"\xef\xbb\xbfacount-id,region\r\n111122223333,us-east-1\r\n"),
    file!("long-line-json", true, "a.json", b"{\"lex-version\": \"v2\", \"account-id\": \"111122223333\", \"log-group-name\": \"/lex/a\", \"region\": \"eu_west_1\", \"role-name\": \"LexConversationLogsRole\", \"existing-role\": false, \"source-account\": true, \"bucket-name\": \"audio\"}"),
    rows!("long-cell-csv", true, "a.csv", b"account-id,region,bucket-name\n111122223333,us-east-1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"),
    rows!("lines-in-a-cell-csv", false, "a.csv", b"account-id,tags,region\n111122223333,\"a=1\n,b=2\",us-east-1\n444455556666,,us_east_1\n"),
    // Everything at once.
    Case {
        name: "everything",
        files: &[("a.toml", b"lex-version = \"v3\"\naccount-id = 123456789012\n\nrole_name = \"x\"\nbucket-name = \"My-Bucket\"\nkms-key-arn = \"alias/x\"\nregion = \"us-east-1\"\nregion = \"us-west-2\"\n")],
        arguments: &["bundle", "a.toml", "--role-name", "a b", "--log-group-name", "aws/x"],
        is_told_whole: false,
    },
];
