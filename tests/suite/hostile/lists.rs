//! Zips in good order, whose lists are not true.

use super::bytes::{TOP, Zip};
use super::cases::altered as is_altered;
use super::verified;
use crate::verify::findings;

/// A bundle that somebody altered, and what is said of it.
pub(super) fn altered(change: impl FnOnce(&mut Zip)) -> String {
    let mut zip = Zip::good();
    change(&mut zip);
    let (code, said, complained) = verified(&zip.build());
    assert_eq!((code, complained.as_str()), (1, ""), "{said}");
    assert!(said.starts_with("FAILED: "), "{said}");
    findings(&said)
}

pub(super) fn text(zip: &mut Zip, name: &str) -> String {
    String::from_utf8(zip.entry(name).data.clone()).unwrap()
}

/// Replaces a text in a file.
pub(super) fn replace(zip: &mut Zip, name: &str, from: &str, to: &str) {
    let old = text(zip, name);
    assert!(old.contains(from), "{name} has no {from}");
    zip.entry(name).hold(old.replacen(from, to, 1).as_bytes());
}

/// Makes the lists true again: the sizes and digests of all files.
pub(super) fn update_lists(zip: &mut Zip) {
    let digest = |bytes: &[u8]| lexlogs::digest::sha256(bytes);
    let mut manifest = text(zip, "manifest.json");
    let mut sums = String::new();
    let names: Vec<String> = zip
        .entries
        .iter()
        .map(|entry| String::from_utf8(entry.central.path[TOP.len() + 1..].to_vec()).unwrap())
        .collect();
    for name in &names {
        let data = &zip.entry(name).data;
        let Some((before, rest)) = manifest.split_once(&format!("\"name\":\"{name}\",")) else {
            continue;
        };
        let (entry, after) = rest.split_once('}').unwrap();
        let (_, mode) = entry.split_once(",\"mode\":").unwrap();
        let (mode, _) = mode.split_once(',').unwrap();
        manifest = format!(
            "{before}\"name\":\"{name}\",\"size\":{},\"mode\":{mode},\"sha256\":\"{}\"}}{after}",
            data.len(),
            digest(data)
        );
    }
    zip.entry("manifest.json").hold(manifest.as_bytes());
    for name in &names {
        if name != "SHA256SUMS" {
            sums += &format!("{}  {name}\n", digest(&zip.entry(name).data));
        }
    }
    zip.entry("SHA256SUMS").hold(sums.as_bytes());
}

#[test]
fn mending_the_lists_of_a_good_bundle_changes_nothing() {
    let mut zip = Zip::good();
    update_lists(&mut zip);
    assert!(zip.build() == Zip::good().build());
}

#[test]
fn an_altered_file_is_named() {
    let said = altered(|zip| {
        zip.entry("undo.sh").data[20] ^= 4;
        let data = zip.entry("undo.sh").data.clone();
        zip.entry("undo.sh").hold(&data);
    });
    assert_eq!(said, format!("{}\n", is_altered("undo.sh")));
}

#[test]
fn altered_added_and_missing_files_are_named() {
    let said = altered(|zip| {
        replace(zip, "undo.sh", "\n", "\n\n");
        let mut more = zip.entry("undo.sh").clone();
        more.rename(format!("{TOP}/zz.sh"));
        zip.entries.push(more);
        zip.entries.remove(0);
    });
    assert_eq!(
        said,
        format!(
            "LexConversationLogsAssumeRolePolicyDocument.json: is missing\n\
             {}\n\
             zz.sh: is not part of the bundle: it was added\n",
            is_altered("undo.sh")
        )
    );
}

#[test]
fn a_missing_list_or_request_is_named() {
    for (name, said) in [
        ("manifest.json", "manifest.json: is missing\n"),
        ("SHA256SUMS", "SHA256SUMS: is missing\n"),
        ("request.json", "request.json: is missing\n"),
    ] {
        let path = format!("{TOP}/{name}").into_bytes();
        let without = |zip: &mut Zip| zip.entries.retain(|entry| entry.central.path != path);
        assert_eq!(altered(without), said);
    }
}

#[test]
fn another_mode_is_named() {
    let said = altered(|zip| zip.entry("undo.sh").external = 0o100_644 << 16);
    assert_eq!(said, "undo.sh: has the mode 0644 instead of 0755\n");
}

/// Each of these spoils a list, and is found.
#[test]
fn each_altered_list_is_named() {
    for (file, from, to) in [
        ("manifest.json", "{\"format\"", "{ \"format\""),
        ("manifest.json", "\"undo.sh\"", "\"undo.cmd\""),
        ("manifest.json", "\"undo.sh\"", "\"manifest.json\""),
        ("manifest.json", "\"undo.sh\"", "\"../undo.sh\""),
        ("manifest.json", "\"0755\"", "\"4755\""),
        ("manifest.json", "\"lexlogs ", "\"zip "),
        ("SHA256SUMS", "  undo.sh\n", "  undo.bat\n"),
        ("SHA256SUMS", "  undo.sh\n", " *undo.sh\n"),
        ("SHA256SUMS", "  undo.cmd\n", "  undo.sh\n"),
    ] {
        let said = altered(|zip| replace(zip, file, from, to));
        assert_eq!(said, is_altered(file) + "\n", "{from} -> {to}");
    }
    let none = "manifest.json: is not a manifest: ";
    for (file, from, to, begin, rest) in [
        (
            "manifest.json",
            ":1",
            ":0",
            "manifest.json: is of the format 0; ",
            "this lexlogs",
        ),
        (
            "manifest.json",
            ":1",
            ":2",
            "manifest.json: is of the format 2; ",
            "this lexlogs",
        ),
        (
            "manifest.json",
            ":1",
            ":\"1\"",
            none,
            "invalid type: string \"1\"",
        ),
        (
            "manifest.json",
            ":1",
            ":1,\"format\":1",
            none,
            "duplicate field `format`",
        ),
        (
            "manifest.json",
            ":1",
            ":1,\"more\":1",
            none,
            "unknown field `more`",
        ),
        ("manifest.json", "{", "[", none, ""),
        (
            "SHA256SUMS",
            "  undo.sh\n",
            "  undo.sh\r\n",
            "SHA256SUMS: has CRLF ",
            "",
        ),
        (
            "request.json",
            "\"account-id\"",
            "\"account\"",
            "request.json: is not a request: ",
            "",
        ),
    ] {
        let said = altered(|zip| replace(zip, file, from, to));
        let is_named = said
            .strip_prefix(begin)
            .is_some_and(|said| said.starts_with(rest));
        assert!(is_named, "{from} -> {to}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    for line in ["  undo.sh", "  manifest.json"] {
        let said = altered(|zip| {
            let sums = text(zip, "SHA256SUMS");
            let at = sums.find(line).unwrap();
            let other = format!("{}{}{}", &sums[..at - 64], "0".repeat(64), &sums[at..]);
            zip.entry("SHA256SUMS").hold(other.as_bytes());
        });
        assert_eq!(said, is_altered("SHA256SUMS") + "\n");
    }
}

/// Whoever can alter a file can alter the lists as well; only the request tells.
#[test]
fn a_file_altered_with_all_lists_is_found_by_rendering() {
    for name in [
        "apply.sh",
        "functions.cmd",
        "README.md",
        "LexConversationLogsCloudWatchLogsPolicy.json",
    ] {
        let said = altered(|zip| {
            replace(zip, name, "\n", "\n\n");
            update_lists(zip);
        });
        let mut files = [name, "SHA256SUMS", "manifest.json"];
        files.sort_unstable();
        let lines = files.map(|file| is_altered(file) + "\n");
        assert_eq!(said, lines.concat());
    }
    // A request that the rest of the bundle is not of.
    let said = altered(|zip| {
        replace(zip, "request.json", "/lex/bot", "/lex/pot");
        update_lists(zip);
    });
    assert!(
        said.contains("LexConversationLogsCloudWatchLogsPolicy.json: is not what "),
        "{said}"
    );
    // One that is none.
    let said = altered(|zip| {
        replace(zip, "request.json", "111122223333", "1");
        update_lists(zip);
    });
    assert_eq!(
        said,
        "request.json: is not a request: account-id `1` has 1 of 12 digits; it may have lost its leading zeros, as in a spreadsheet\n"
    );
}

/// Requests that would take long to read, if they were read.
#[test]
fn a_request_that_takes_long_is_not_read() {
    for more in [
        "\"x\": 1,\n".repeat(100_000),
        format!("\"tags\": {{{}}},\n", "\"a\": \"b\",\n".repeat(50_000)),
    ] {
        let said = altered(|zip| {
            replace(zip, "request.json", "{\n", &format!("{{\n{more}"));
            update_lists(zip);
        });
        assert_eq!(said, "request.json: holds more than a request can\n");
    }
    let said = altered(|zip| {
        replace(zip, "request.json", "account-id", &"x".repeat(900_000));
        update_lists(zip);
    });
    assert!(
        said.starts_with("request.json: is not a request: xxx"),
        "{said}"
    );
    assert!(said.len() < 2000);
    let said = altered(|zip| {
        replace(zip, "request.json", "us-east-1", &"x-".repeat(400_000));
        update_lists(zip);
    });
    assert!(
        said.starts_with("request.json: is not a request: region `x-x-"),
        "{said}"
    );
    let deep = format!("\"x\": {}{},\n", "[".repeat(200_000), "]".repeat(200_000));
    let said = altered(|zip| {
        replace(zip, "request.json", "{\n", &format!("{{\n{deep}"));
        update_lists(zip);
    });
    assert!(
        said.contains("is not a JSON object: it is nested deeper than 64 levels"),
        "{said}"
    );
}
