use super::*;

fn entry(account: u64) -> Entry {
    Entry {
        path: format!("{account:012}/lex-conversation-logs-{account:012}-us-east-1-R.zip"),
        account_id: format!("{account:012}"),
        region: "us-east-1".into(),
        role_name: "R".into(),
        size: 7,
        sha256: "0".repeat(64),
        stale: account == 2,
    }
}

fn written(accounts: &[u64], shard: Option<Shard>) -> (String, String, String) {
    let mut writer = Writer::new(Vec::new(), Vec::new(), shard).expect("a writer");
    for account in accounts {
        writer.push(&entry(*account)).expect("an entry");
    }
    let (index, checksums, digest) = writer.finish(&Names::of(shard)).expect("an index");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(index), text(checksums), digest)
}

fn read(text: &str, shard: Option<Shard>) -> Result<Vec<Entry>, Fault> {
    let mut reader = Reader::new(text.as_bytes(), shard)?;
    let entries: Result<Vec<Entry>, Fault> = reader.by_ref().collect();
    assert!(reader.next().is_none(), "nothing comes after the end");
    let entries = entries?;
    assert_eq!(reader.sha256(), sha256(text.as_bytes()));
    Ok(entries)
}

#[test]
fn what_is_written_is_json_and_is_read_the_same() {
    let shard = "2/3".parse().ok();
    for shard in [None, shard] {
        for accounts in [&[][..], &[1], &[1, 2, 3, 4, 5, 6]] {
            let is_in = |account: &&u64| {
                shard.is_none_or(|shard: Shard| shard.has(&entry(**account).key()))
            };
            let accounts: Vec<u64> = accounts.iter().filter(is_in).copied().collect();
            let accounts = accounts.as_slice();
            let (index, checksums, digest) = written(accounts, shard);
            assert_eq!(digest, sha256(index.as_bytes()));
            let entries: Vec<Entry> = accounts.iter().map(|account| entry(*account)).collect();
            assert_eq!(read(&index, shard), Ok(entries));
            let json: serde_json::Value = serde_json::from_str(&index).expect("JSON");
            let expected = shard.map(|shard| shard.to_string());
            assert_eq!(
                json.get("shard").and_then(|shard| shard.as_str()),
                expected.as_deref()
            );
            assert_eq!(
                json["bundles"].as_array().map(Vec::len),
                Some(accounts.len())
            );
            let last = checksums.lines().last().map(str::to_owned);
            assert_eq!(last, Some(format!("{digest}  {}", Names::of(shard).index)));
            assert_eq!(checksums.lines().count(), accounts.len() + 1);
        }
    }
}

#[test]
fn an_index_is_read_as_it_is_written_and_not_otherwise() {
    let (good, ..) = written(&[1, 2, 3], None);
    let third = good.lines().nth(5).expect("a line").to_owned();
    let other_shard = written(&[1], "1/2".parse().ok()).0;
    for (bad, why) in [
        (
            good.replace("\"format\": 1", "\"format\": 2"),
            "is of the format 2",
        ),
        (good.replace("\"format\": 1,", ""), "missing field `format`"),
        (
            good.replace("000000000001/", "../"),
            "`../lex-conversation-logs-",
        ),
        (
            good.replace("000000000001/", "000000000004/"),
            "not in the order",
        ),
        (
            good.replace("000000000002/", "000000000001/")
                .replace("s-000000000002", "s-000000000001"),
            "not in the order",
        ),
        (good.clone() + " ", "more than an index"),
        (
            good.replace("\"size\":7", "\"size\": 7"),
            "it is written otherwise",
        ),
        (good.replace("},\n", "}\n"), "it is written otherwise"),
        (good.replace("}\n  ]", "},\n  ]"), "it ends after a comma"),
        (
            good.replace("\"format\": 1", "\"format\":  1"),
            "does not begin like one",
        ),
        (good.trim_end().to_owned(), "the line does not end"),
        (
            good.replace("  ]\n", ""),
            "is no index as lexlogs writes it: line 8",
        ),
        (good.replace("\"size\":7", "\"size\":-7"), "invalid value"),
        (
            good.replace("\"size\":7", "\"size\":7,\"x\":1"),
            "unknown field",
        ),
        (
            good.replace("R.zip", &("R".repeat(5000) + ".zip")),
            "the line does not end",
        ),
        (good.replace(&third, ""), "EOF while parsing"),
        (good.replace("lexlogs ", "lexlogs"), "as what made it"),
        (good.replace('\n', "\r\n"), "does not begin like one"),
        (other_shard, "another shard"),
        (String::new(), "it ends too early"),
        ("[]\n".into(), "it ends too early"),
        ("\n".repeat(50), "does not begin like one"),
    ] {
        assert_ne!(bad, good, "{why}");
        match read(&bad, None) {
            Err(fault) if fault.contains(why) => {}
            other => panic!("{why}: {other:?}"),
        }
    }
    assert!(read(&good, "1/2".parse().ok()).is_err());
    // All of the fleet, as if it were of a part.
    let other = written(&[1, 2, 3, 4], "1/2".parse().ok()).0;
    let fault = read(&other, "1/2".parse().ok()).expect_err("a fault");
    assert!(fault.contains("the bundle is of another shard"), "{fault}");
}

#[test]
fn each_shard_has_names_of_its_own() {
    for shard in [None, "1/1".parse().ok(), "3/12".parse().ok()] {
        assert_eq!(Names::parse(&Names::of(shard).index), Some(shard));
    }
    for name in [
        "fleet-.json",
        "fleet-1-of-.json",
        "fleet-0-of-3.json",
        "fleet-01-of-3.json",
        "fleets.json",
        "x",
    ] {
        assert_eq!(Names::parse(name), None, "{name}");
    }
}
