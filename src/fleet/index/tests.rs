use super::*;

fn entry(account: u64) -> Entry<'static> {
    Entry {
        path: format!("{account:012}/lex-conversation-logs-{account:012}-us-east-1-R.zip").into(),
        account_id: format!("{account:012}").into(),
        region: "us-east-1".into(),
        role_name: "R".into(),
        size: 7,
        sha256: "0".repeat(64).into(),
        stale: account == 2,
    }
}

fn written(accounts: &[u64]) -> String {
    let bundles = accounts.iter().map(|account| entry(*account)).collect();
    Index::new(bundles).text().expect("JSON")
}

#[test]
fn an_index_has_a_line_for_each_bundle_and_is_read_back() {
    let head =
        format!("{{\n  \"format\": 1,\n  \"generator\": \"{GENERATOR}\",\n  \"bundles\": [\n");
    let zeros = "0".repeat(64);
    assert_eq!(written(&[]), format!("{head}  ]\n}}\n"));
    let text = written(&[2, 1]);
    let line = |account, more| {
        format!(
            "    {{\"path\":\"{account}/lex-conversation-logs-{account}-us-east-1-R.zip\",\"account-id\":\"{account}\",\"region\":\"us-east-1\",\"role-name\":\"R\",\"size\":7,\"sha256\":\"{zeros}\"{more}}}"
        )
    };
    let lines = [
        line("000000000001", ""),
        line("000000000002", ",\"stale\":true"),
    ]
    .join(",\n");
    assert_eq!(text, format!("{head}{lines}\n  ]\n}}\n"));
    let index = Index::parse(&text).expect("an index");
    assert_eq!(index, Index::new(vec![entry(1), entry(2)]));
    assert_eq!(
        index.get(&entry(2).path.to_ascii_uppercase()),
        Some(&entry(2))
    );
    assert_eq!(index.get("fleet.json"), None);
    let checksums = index.checksums(&zeros);
    let last = format!("{zeros}  {}\n{zeros}  fleet.json\n", entry(2).path);
    assert!(checksums.ends_with(&last), "{checksums}");
    assert!(is_list(&checksums));
    for foreign in [
        "fleet.json\n",
        "00  fleet.json\n",
        &last[1..],
        last.trim_end(),
    ] {
        assert!(!is_list(foreign), "{foreign}");
    }
}

#[test]
fn an_index_is_read_as_it_is_written_and_not_otherwise() {
    let good = written(&[1, 2, 3]);
    let third = good.lines().nth(5).expect("a line").to_owned();
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
        (good.clone() + " ", "it is written otherwise"),
        (
            good.replace("\"size\":7", "\"size\": 7"),
            "it is written otherwise",
        ),
        (good.replace("},\n", "}\n"), "expected `,` or `]`"),
        (good.replace("}\n  ]", "},\n  ]"), "expected value"),
        (
            good.replace("\"format\": 1", "\"format\":  1"),
            "it is written otherwise",
        ),
        (good.trim_end().to_owned(), "it is written otherwise"),
        (good.replace("  ]\n", ""), "expected `,` or `]` at line 8"),
        (good.replace("\"size\":7", "\"size\":-7"), "invalid value"),
        (
            good.replace("\"size\":7", "\"size\":7,\"x\":1"),
            "unknown field",
        ),
        (
            good.replace("\"size\":7", "\"size\":7,\"size\":7"),
            "duplicate field",
        ),
        (good.replace(&third, ""), "it is written otherwise"),
        (good.replace("lexlogs ", "lexlogs"), "as what made it"),
        (good.replace('\n', "\r\n"), "it is written otherwise"),
        (
            good.replace("\n  \"bundles", "\n  \"shard\": \"1/2\",\n  \"bundles"),
            "unknown field `shard`",
        ),
        (String::new(), "EOF"),
        ("[]\n".into(), "invalid length 0"),
    ] {
        assert_ne!(bad, good, "{why}");
        match Index::parse(&bad) {
            Err(fault) if fault.contains(why) => {}
            other => panic!("{why}: {other:?}"),
        }
    }
}
