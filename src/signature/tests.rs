//! What is refused, by signatures that `ssh-keygen` made of the bytes `hello`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::*;

const PUBLIC: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILTZ+Zn3ju2lNlVaN3mbAlYki9wJ3g1HGTVYGxPeKPjw";
const GOOD: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgtNn5mfeO7aU2VVo3eZsCViSL3A
neDUcZNVgbE94o+PAAAAAHbGV4bG9ncwAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQy
NTUxOQAAAEDVhrwOd1m9NOktIZRssqOVMEaZkHPyc66cN+h6jwE9/RUGmL43uSCmLI8ykH
FM+MjqP6cfeoTTiAlKgAbxI0MJ
-----END SSH SIGNATURE-----
";
const OTHER_NAMESPACE: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgtNn5mfeO7aU2VVo3eZsCViSL3A
neDUcZNVgbE94o+PAAAAAEZmlsZQAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUx
OQAAAEBNXVFlFhLFLLYHoCUV+0HC3vQm+RlUelHl6cpUY6thiSf80jKqo7BIcIL/+6HmL9
Xs9cW/0LMmxTThfy6fwlEM
-----END SSH SIGNATURE-----
";
const DSA: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAAbEAAAAHc3NoLWRzcwAAAIEAu/QSaXs6kCdfjsVQbg+qmB+QYebXyN
AU9vV14Eb/6J/zfZ71iNSji5h20l+UyC+v4EKuPRw/euHFIPQu7ivAsIaI6vrDO0cEzRHG
j8EvmxnlIoKhlpAXQeZfLMqEcrAOj/JP20lQ04mMFyNHr15q9eJIfJhZaTwxFsCU51buuc
8AAAAVAIPeZRqVRPAYtrXSJEFnzOTxsve7AAAAgHzAB9THHscYWmpqbyr18aZhZQmbhhIM
GYu2Z7qllalLhGsXmXMS6xga6obI5ZQf+ssUYen63/JT6UEQ+emJugm1UJQS32+vhhVlC8
3eBhMnkvJIFOr4B5msl19zsd6onE2n1g0RLphEjzxWt+NuyNCPdYaYI4sI5pxmSUpvZa0Q
AAAAgC5NXA2MnK53Y5j6EdgxBQa+HYDbu+fdlCB16bjOd/fibJPmTG/n+D67gm7NpbZSaB
mxfUnJNu/w/xsIFwLJylQWiHjlIF8oAyWuVsgaUeIztLFaM/CPL8l232DYXpYvgQDx0ECS
PnBcm2+p5VXGxknzlvpxoY7n9LqmtVAAC+jkAAAAB2xleGxvZ3MAAAAAAAAABnNoYTUxMg
AAADcAAAAHc3NoLWRzcwAAACh/Om6sqwNWhkxUozfMdoqjQfPoNkQwnaWckFFNrHEsDv3n
L+wBcAjR
-----END SSH SIGNATURE-----
";
const RSA_1024: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAAJcAAAAHc3NoLXJzYQAAAAMBAAEAAACBALJV+Se8UmZom2u3ziTqQ4
VaLtu7yKi3kYNz/mi0ErsPHtJ5KsPe2naFQrK6TJ9wvOe2ONR0SG+o1nfuvUzOGQiaSa62
p5cwBM+J0OC7KP/+9waDmsYRpgMsGHp496GWgWcI7K9R17M+qt5E4szAF27etKsJcWKahB
VL6AylnnQ/AAAAB2xleGxvZ3MAAAAAAAAABnNoYTUxMgAAAJQAAAAMcnNhLXNoYTItNTEy
AAAAgG4qz/IBcZLLZPwbmZJ94y0JuKst65rG/xMwBDQLcpk1FLSdqqWT68nV0kl49y70o7
5fFNrRlzLvJo/gyBRC7cXfqTWQlWaqA/TgTsDpnDP7xkORJjG2EPUJKeFe0k2o2AuTSNKY
TOpYCsiBX+E9pziISWXy4zRv55LLzr00zttc
-----END SSH SIGNATURE-----
";

/// The end of 2026.
fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_798_000_000)
}

fn check(signature: &str, signers: &str) -> Result<Signer, String> {
    verify(b"hello", signature, signers, "me@here", now()).map_err(|why| why.to_string())
}

fn refusal(signature: &str, signers: &str) -> String {
    check(signature, signers).expect_err("a refusal")
}

#[test]
fn a_good_signature_tells_who_signed_with_what() {
    for line in [
        format!("me@here {PUBLIC}"),
        format!("\t me@here\t{PUBLIC} a comment\r"),
        format!("\"a b,you,*@here\" {PUBLIC}"),
        format!("me@here namespaces=\"git,lexlogs\" {PUBLIC}"),
        format!("me@here Valid-After=\"20200101Z\",VALID-BEFORE=\"20300101Z\" {PUBLIC}"),
        // Lines that do not help do not harm.
        format!("# no\n\n\"open\nyou what\nme@here what\nme@here {PUBLIC}"),
        format!("\u{feff}me@here {PUBLIC}"),
    ] {
        assert_eq!(
            check(&GOOD.replace('\n', "\r\n"), &line),
            check(GOOD, &line)
        );
        let signer = check(GOOD, &line).unwrap_or_else(|why| panic!("{line}: {why}"));
        assert_eq!(signer.identity, "me@here");
        assert_eq!(signer.key_type, "ssh-ed25519");
        assert!(signer.fingerprint.starts_with("SHA256:"));
    }
}

#[test]
fn what_is_no_such_signature_is_refused() {
    let signers = format!("me@here {PUBLIC}");
    for broken in [
        "",
        "hello",
        &GOOD[..GOOD.len() / 2],
        &GOOD.replace("BEGIN SSH", "BEGIN PGP"),
        &GOOD.replacen("U1NIU0lH", "U1NIU0lI", 1),
        &format!("{GOOD}{GOOD}"),
    ] {
        let why = refusal(broken, &signers);
        assert!(why.starts_with("it is not a whole signature"), "{why}");
    }
    assert_eq!(
        refusal(OTHER_NAMESPACE, &signers),
        "it was made for the namespace `file`; a bundle is signed for `lexlogs`"
    );
    assert!(refusal(DSA, &signers).starts_with("it was made with a DSA key;"));
    assert!(refusal(RSA_1024, &signers).starts_with("it was made with an RSA key of 1024 bits;"));
}

#[test]
fn no_byte_of_the_signature_or_the_file_can_change() {
    let signers = format!("me@here {PUBLIC}");
    assert!(verify(b"hellp", GOOD, &signers, "me@here", now()) == Err(Refusal::Altered));
    let lines: Vec<&str> = GOOD.lines().collect();
    let body = lines[1..lines.len() - 1].concat();
    for at in 0..body.trim_end_matches('=').len() {
        let mut changed = body.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("ASCII");
        let mut text = format!("{}\n", lines[0]);
        for line in changed.as_bytes().chunks(70) {
            text += &format!("{}\n", std::str::from_utf8(line).expect("ASCII"));
        }
        text += &format!("{}\n", lines[lines.len() - 1]);
        assert!(check(&text, &signers).is_err(), "{at}");
    }
}

#[test]
fn who_may_not_sign_is_told_why() {
    let fingerprint = Signature::parse(GOOD).expect("a signature").fingerprint();
    assert_eq!(
        refusal(GOOD, &format!("you@here {PUBLIC}\nme@here,!me@* {PUBLIC}")),
        format!(
            "no line of the allowed signers is for `me@here`; the key that made it is {fingerprint}"
        )
    );
    let other = PUBLIC.replace("ILTZ", "ILTA");
    let beginning =
        format!("the key that made it, {fingerprint}, does not count as one of `me@here`");
    assert_eq!(refusal(GOOD, &format!("me@here {other}")), beginning);
    for (line, remark) in [
        ("", "has no public key that can be read"),
        ("ssh-ed25519 AAAA", "has no public key that can be read"),
        (
            "namespaces=\"git,file\" KEY",
            "has the key, but for the namespaces `git,file`; a bundle is signed for `lexlogs`",
        ),
        (
            "namespaces=\"*,!lexlogs\" KEY",
            "has the key, but for the namespaces `*,!lexlogs`; a bundle is signed for `lexlogs`",
        ),
        (
            "valid-before=\"20261001Z\" KEY",
            "has the key, which does not count any longer",
        ),
        (
            "valid-after=\"20270201Z\" KEY",
            "has the key, which does not count yet",
        ),
        (
            "cert-authority KEY",
            "is a `cert-authority`, which lexlogs does not follow; use ssh-keygen -Y verify",
        ),
        ("no-pty KEY", "has an unknown option `no-pty`"),
    ] {
        let line = line.replace("KEY", PUBLIC);
        assert_eq!(
            refusal(GOOD, &format!("# mine\nme@here {line}")),
            format!("{beginning}\n    line 2: {remark}"),
        );
    }
}

/// A finding of fuzzing.
#[test]
fn what_stands_in_a_signature_cannot_write_to_the_terminal() {
    let label = GOOD.replacen("AAAAGc2hhNTEy", "AAAAGc2hhAFsy", 1);
    assert_ne!(label, GOOD);
    let why = refusal(&label, "");
    assert!(!why.contains(char::is_control), "{why:?}");
    assert!(why.contains(r"sha\0[2"), "{why}");
}
