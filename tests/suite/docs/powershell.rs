//! PowerShell's form of the commands. No PowerShell runs here: what it would do with them comes from a MODEL of the grammar that
//! Microsoft publishes (`about_Parsing`, `about_Quoting_Rules`, `about_Preference_Variables`), written without the code that quotes.

use lexlogs::docs::powershell;

use super::{before_clean_up, blocks, of_language, printed, printed_in};
use crate::examples::{EXAMPLES, render};
use crate::quoting::hostile_words;
use crate::support::folder;

/// The words of a call in argument mode, as the model reads them; panics on whatever means anything but a word.
fn parsed(text: &str) -> Vec<String> {
    let is_quote = |c: char| c == '\'' || ('\u{2018}'..='\u{201b}').contains(&c);
    let mut words = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c == ' ' {
            continue;
        }
        if c == '`' {
            assert_eq!(rest.next(), Some('\n'), "a backtick that continues nothing");
            continue;
        }
        let mut word = String::new();
        if is_quote(c) {
            loop {
                let c = rest.next().expect("a quote that is not closed");
                if !is_quote(c) {
                    word.push(c);
                } else if rest.peek().copied().is_some_and(is_quote) {
                    word.extend(rest.next());
                } else {
                    break;
                }
            }
            assert!(matches!(rest.peek(), None | Some(' ')), "{text}");
        } else {
            word.push(c);
            while let Some(c) = rest.next_if(|c| *c != ' ') {
                word.push(c);
            }
            let means_something = |c: char| !c.is_ascii_alphanumeric() && !"-_./:".contains(c);
            assert!(!word.contains(means_something), "{word}");
            // Numbers are read as numbers, and parameters are split at a period or a colon.
            let begins = word.trim_start_matches("--").chars().next().unwrap();
            assert!(begins.is_ascii_alphabetic(), "{word}");
            assert!(
                !word.starts_with('-') || !word.contains(['.', ':']),
                "{word}"
            );
        }
        words.push(word);
    }
    words
}

/// The arguments that a program gets of words, by the model of Windows PowerShell 5.1: an empty word is dropped, one with a blank
/// is put in double quotes, and nothing is escaped. The program splits the line as Microsoft's C runtime does.
fn passed(words: &[String]) -> Vec<String> {
    let line = words.iter().filter(|word| !word.is_empty()).map(|word| {
        if word.contains(char::is_whitespace) {
            format!("\"{word}\"")
        } else {
            word.clone()
        }
    });
    let line = line.collect::<Vec<_>>().join(" ");
    let (mut arguments, mut is_quoted, mut backslashes) = (vec![String::new()], false, 0);
    for c in line.chars() {
        let last = arguments.last_mut().unwrap();
        match c {
            '"' => {
                let kept = last.len() - backslashes / 2 - backslashes % 2;
                last.truncate(kept);
                if backslashes % 2 == 1 {
                    last.push('"');
                } else {
                    is_quoted = !is_quoted;
                }
            }
            ' ' if !is_quoted => arguments.push(String::new()),
            c => last.push(c),
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    assert!(!is_quoted, "{line}");
    // A batch file is a line for cmd.exe, whose signs only double quotes keep.
    for part in line.split('"').step_by(2) {
        assert!(!part.contains(['&', '|', '<', '>']), "{line}");
    }
    assert!(!line.contains(['%', '^']), "{line}");
    arguments
}

#[test]
fn words_pass_unchanged_by_the_model_or_are_refused() {
    let alphabet = "ab \"'`$(){}[]<>|&;*?!#~%^=\\/\n\téß‘’‛,:.-_+@019";
    let words = hostile_words(&mut fastrand::Rng::with_seed(17), alphabet, 4000);
    let tame = "ab '`$(){}[];*?!#~=/,:.-_+@019\\";
    let more = hostile_words(&mut fastrand::Rng::with_seed(18), tame, 4000);
    let mut written = 0;
    for word in words.iter().chain(&more) {
        if let Ok(text) = powershell::word(word) {
            written += 1;
            assert_eq!(parsed(&text), [word.as_str()], "{text}");
            assert_eq!(
                passed(std::slice::from_ref(word)),
                [word.as_str()],
                "{text}"
            );
        }
    }
    assert!(written > 3000, "{written} words");
    for word in [
        "",
        "a\"b",
        "a b\\",
        "a\\",
        "it\u{2019}s",
        "a&b",
        "100%",
        "a\nb",
        "é",
    ] {
        assert!(powershell::word(word).is_err(), "{word:?}");
    }
}

#[test]
fn the_commands_of_every_example_pass_unchanged_by_the_model() {
    let mut commands = 0;
    for example in EXAMPLES {
        let place = folder();
        render(place.path(), example);
        let config = format!("{example}/request.json");
        let page = |shell: &str| {
            let page = printed_in(place.path(), &["page", &config, "--shell", shell]);
            blocks(&page)
        };
        let of_bash = of_language(&page("bash"), "bash");
        let of_powershell = of_language(&page("powershell"), "powershell");
        assert_eq!(of_bash.len(), of_powershell.len());
        for (bash, powershell) in std::iter::zip(of_bash, of_powershell) {
            let (name, words) = bash_words(&bash);
            let read = parsed(powershell.trim_end());
            assert_eq!((read[0].as_str(), &read[1..]), (name.as_str(), &words[..]));
            assert_eq!(passed(&words), words, "{powershell}");
            assert!(
                powershell
                    .lines()
                    .skip(1)
                    .all(|line| line.starts_with("    "))
            );
            commands += 1;
        }
    }
    assert!(commands > 50, "{commands} commands");
}

/// The words of a call as `sh` reads them.
fn bash_words(text: &str) -> (String, Vec<String>) {
    let place = folder();
    let script = format!("aws() {{ printf '%s\\0' \"$@\"; }}\n{text}");
    let printed = crate::support::output_of("sh", &["-c", &script], place.path());
    let words = printed.split_terminator('\0').map(str::to_owned);
    ("aws".to_owned(), words.collect())
}

#[test]
fn all_three_forms_stand_in_one_page() {
    let page = printed(&["page", "--lex-version", "v2", "--shell", "all"]);
    let blocks = blocks(before_clean_up(&page));
    let counts = ["bash", "bat", "powershell"].map(|name| of_language(&blocks, name).len());
    assert_eq!(counts, [5, 5, 5]);
    assert!(page.contains("\n    PowerShell:\n"), "{page}");
    let snippet = printed(&[
        "snippet",
        "create-role",
        "--lex-version",
        "v2",
        "--shell",
        "powershell",
    ]);
    assert_eq!(
        snippet,
        "aws iam create-role `\n    --role-name role-name `\n    --assume-role-policy-document file://LexConversationLogsAssumeRolePolicyDocument.json\n"
    );
}
