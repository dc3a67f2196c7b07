use super::*;
use crate::parameters::{self, Key};

/// What is said of a fault, without the excerpt.
fn said_first(fault: &Diagnostic) -> String {
    fault.line()
}

fn told_whole(fault: &Diagnostic) -> String {
    let help = fault.help.as_deref().unwrap_or_default();
    format!("{}; {help}", said_first(fault))
}

/// The rows of a file of that name, each as its line and what it gives, or its
/// faults.
fn rows(name: &str, text: &[u8]) -> Vec<String> {
    let path = (name != "-").then_some(Path::new(name));
    let targets = match Targets::new(path, text) {
        Ok(targets) => targets,
        Err(faults) => return faults.iter().map(said_first).collect(),
    };
    let told = |row: Row| {
        let Row {
            line,
            given,
            faults,
            ..
        } = row;
        let given = parameters::PARAMETERS.iter().filter_map(|parameter| {
            let (value, place) = given.get(parameter.key)?;
            let spot = place.clone().at_value();
            let spot = spot.spot().expect("a spot");
            assert_eq!(spot.line(), line);
            assert!(spot.column().is_some());
            Some(format!("{}={value}", parameter.name))
        });
        let faults = faults.iter().map(said_first);
        let told: Vec<String> = given.chain(faults).collect();
        format!("{line}: {}", told.join(" "))
    };
    targets.map(told).collect()
}

const EXPECTED: [&str; 3] = [
    "2: account-id=011122223333 region=us-east-1 existing-role=true",
    "3: account-id=111122223333 region=eu-west-1",
    "5: account-id=111122223333 region=us-west-2 tags=a=1,b=2 log-group-name=/lex/a",
];

#[test]
fn every_export_of_a_spreadsheet_gives_the_same_rows() {
    let table = "account-id,region,tags,existing-role,log-group-name\n\
011122223333,us-east-1,,TRUE,\n\
111122223333,eu-west-1,  ,,\n\
,,,,\n\
111122223333,us-west-2,\"a=1,b=2\",,/lex/a\n";
    let crlf = table.replace('\n', "\r\n");
    let quoted = table.replace("us-east-1", "\"us-east-1\"");
    let without_end = table.trim_end();
    for text in [table, &crlf, &quoted, without_end] {
        assert_eq!(rows("a.csv", text.as_bytes()), EXPECTED);
        assert_eq!(rows("A.CSV", text.as_bytes()), EXPECTED);
        assert_eq!(rows("-", text.as_bytes()), EXPECTED);
        let marked = format!("\u{feff}{text}");
        assert_eq!(rows("a.csv", marked.as_bytes()), EXPECTED);
        for separator in [";", "\t"] {
            // The commas between tags stay: they are in no header.
            let other = text
                .replace("\"a=1,b=2\"", "@")
                .replace(',', separator)
                .replace('@', "a=1,b=2");
            assert_eq!(rows("a.tsv", other.as_bytes()), EXPECTED, "{other}");
        }
    }
    let told = format!(
        "sep=|\r\n{}",
        crlf.replace(',', "|").replace("a=1|b=2", "a=1,b=2")
    );
    let later = EXPECTED.map(|row| {
        let (line, rest) = row.split_once(':').expect("a line");
        format!("{}:{rest}", line.parse::<usize>().expect("a number") + 1)
    });
    assert_eq!(rows("a.txt", told.as_bytes()), later);
    let blank = format!("\n{table}");
    assert_eq!(rows("a.csv", blank.as_bytes()), later);
}

#[test]
fn json_lines_give_the_same_rows() {
    let lines = "\n{\"account-id\": \"011122223333\", \"region\": \"us-east-1\", \"existing-role\": true, \"tags\": null}\n\
{\"account-id\": \"111122223333\", \"region\": \"eu-west-1\"}\r\n   \n\
{\"account-id\": \"111122223333\", \"region\": \"us-west-2\", \"tags\": {\"a\": \"1\", \"b\": \"2\"}, \"log-group-name\": \"/lex/a\"}";
    for name in ["a.jsonl", "a.ndjson"] {
        assert_eq!(rows(name, lines.as_bytes()), EXPECTED);
    }
    assert_eq!(rows("-", lines.trim_start().as_bytes()).len(), 3);
    assert_eq!(
        rows("a.jsonl", format!("\u{feff}{lines}").as_bytes()),
        EXPECTED
    );
    assert_eq!(
        rows(
            "a.jsonl",
            b"{\"region\": \"a\"}\n{\"regin\": \"a\", \"region\": 1}\n[]\n\xff\n"
        ),
        [
            "1: region=a",
            "2: region=1 a.jsonl:2:2: regin is not a parameter",
            "3: a.jsonl:3:1 is not a JSON object: it is an empty list",
            "4: a.jsonl:4:1 is not UTF-8 text",
        ]
    );
}

#[test]
fn a_header_with_faults_is_told_at_once() {
    assert_eq!(
        rows("a.csv", b"\nacount-id,region, region ,x\n1,2,3,4\n"),
        [
            "a.csv:2:1: acount-id is not a parameter",
            "a.csv:2:19: region is the name of two columns, the 2. and the 3.",
            "a.csv:2:27: x is not a parameter",
        ]
    );
    for (text, what) in [
        (
            &b"111122223333,us-east-1\n"[..],
            "a.csv:1:1: the first line is not a header: none of its cells is the name of a parameter",
        ),
        (b"", "a.csv is empty"),
        (b"\n \r\n", "a.csv is empty"),
        (
            b"account-id,region\r1,2\r",
            "a.csv has the line ends of old Macs",
        ),
        (b"\xff\xfea\0", "a.csv is UTF-16 text"),
    ] {
        let [told] = &rows("a.csv", text)[..] else {
            panic!("{text:?}");
        };
        assert!(told.starts_with(what), "{told}");
    }
    assert!(rows("a.ini", b"a")[0].starts_with("a.ini is neither a table"));
}

#[test]
fn a_row_with_too_few_or_too_many_cells_is_told() {
    assert_eq!(
        rows(
            "a.csv",
            b"region,account-id,\na,1,\na,1\na,1,x\na,1,,y\na,\"\xe9\",\n"
        ),
        [
            "2: account-id=1 region=a",
            "3: account-id=1 region=a a.csv:3:1: the row has 2 of 3 cells",
            "4: account-id=1 region=a a.csv:4:5: the cell 3 is in no column of the header",
            "5: account-id=1 region=a a.csv:5:6: the cell 4 is in no column of the header",
            "6: region=a a.csv:6:3: account-id is not UTF-8 text",
        ]
    );
}

#[test]
fn the_line_is_the_one_in_which_the_row_begins() {
    for end in ["\n", "\r\n"] {
        let text = "region,tags\n\"a\nb\",\n\n\nc,\n,\nd,\"x\n\"".replace('\n', end);
        assert_eq!(
            rows("a.csv", text.as_bytes()),
            [
                &format!("2: region=a{end}b"),
                "6: region=c",
                &format!("8: region=d tags=x{end}"),
            ]
        );
    }
}

#[test]
fn values_are_kept_as_they_are_but_for_booleans() {
    let text = b"role-name,existing-role\n TRUE ,True\n";
    let Ok(mut targets) = Targets::new(Some(Path::new("a.csv")), &text[..]) else {
        panic!("a header");
    };
    let row = targets.next().expect("a row");
    let given = |key| row.given.get(key).map(|(value, _)| value.to_string());
    assert_eq!(given(Key::RoleName).as_deref(), Some(" TRUE "));
    assert_eq!(given(Key::ExistingRole).as_deref(), Some("true"));
}

#[test]
fn a_row_that_is_too_long_is_told() {
    let long = "x".repeat(3 << 20);
    let told = |name: &str, text: &str| match Targets::new(Some(Path::new(name)), text.as_bytes()) {
        Ok(targets) => {
            let faults = targets.flat_map(|row| row.faults);
            faults.map(|fault| told_whole(&fault)).collect()
        }
        Err(faults) => vec![told_whole(&faults[0])],
    };
    let table = "is longer than 1048576 bytes, as no row is; a quotation mark may have no partner";
    let line = "is longer than 1048576 bytes, as no row is; a line may lack its end, or the file is no list of rows";
    for (name, text, expected) in [
        ("a.csv", long.clone(), format!("a.csv {line}")),
        (
            "a.csv",
            format!("\"account-id\n{long}"),
            format!("a.csv:1 {table}"),
        ),
        (
            "a.csv",
            format!("region\na\n\n\"{long}\"\nb\n"),
            format!("a.csv:4 {table}"),
        ),
        (
            "a.jsonl",
            format!("{{}}\n{long}\n{{}}\n"),
            format!("a.jsonl:2 {line}"),
        ),
    ] {
        assert_eq!(told(name, &text), [expected]);
    }
    let huge = vec![b'\n'; MAX_BYTES + 1];
    assert_eq!(
        rows("a.csv", &huge),
        ["a.csv is larger than 67108864 bytes"]
    );
}

#[test]
fn what_follows_a_row_that_is_too_long_is_read() {
    let long = "x".repeat(3 << 20);
    for (name, begin, end) in [
        ("a.jsonl", "{}", "{\"region\": \"us-east-1\"}"),
        ("a.csv", "region", "us-east-1"),
    ] {
        let rows = rows(name, format!("{begin}\n{long}\n{end}\n").as_bytes());
        let told = format!("2: {name}:2 is longer than 1048576 bytes, as no row is");
        assert_eq!(rows[rows.len() - 2..], [told, "3: region=us-east-1".into()]);
    }
}

#[test]
fn the_faults_of_many_columns_are_bounded() {
    let columns: String = (0..100_000).map(|column| format!("x{column},")).collect();
    let told = rows("a.csv", format!("region,{columns}\n").as_bytes());
    assert_eq!(told.len(), 101);
    assert!(
        told[100].ends_with("the errors of further columns are not listed"),
        "{}",
        told[100]
    );
    let cells = "x,".repeat(300_000);
    let told = rows("a.csv", format!("region\n{cells}\n").as_bytes());
    assert_eq!(told[0].matches("is in no column").count(), 100);
}

#[test]
fn a_row_with_an_open_quote_is_named_by_its_line() {
    for (text, told) in [
        ("region,tags\na,\n\nb,\"x\nc,\n", "4: region=b tags=x\nc,\n"),
        ("region,tags\na,\"x", "2: region=a tags=x"),
        ("region,tags\na,\"x\n\"", "2: region=a tags=x\n"),
        ("region,tags\na,x", "2: region=a tags=x"),
    ] {
        let rows = rows("a.csv", text.as_bytes());
        assert_eq!(rows.last().map(String::as_str), Some(told), "{text:?}");
    }
}
