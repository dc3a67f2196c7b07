//! Quoting, by the shells themselves: hostile words go through each shell to a
//! program that writes down what it was given.

use std::sync::{Arc, Mutex};

use lexlogs::shell::Shell;

use crate::bridge::{Bridge, Reply};
use crate::recording::RecordingAws;
use crate::support::{SHELLS, count, folder};
use crate::wine::{Aws, Cmd};

/// Words of everything that means something to some shell.
pub(crate) fn hostile_words(
    random: &mut fastrand::Rng,
    alphabet: &str,
    count: usize,
) -> Vec<String> {
    let alphabet: Vec<char> = alphabet.chars().collect();
    let mut words: Vec<String> = (0..count)
        .map(|_| {
            (0..random.usize(0..40))
                .map(|_| alphabet[random.usize(..alphabet.len())])
                .collect()
        })
        .collect();
    words.extend(
        [
            "", " ", "-", "--", "=x", "~", "*", "a*", "\\", "\\\\", "'", "''",
        ]
        .map(str::to_owned),
    );
    words
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn words_reach_a_program_unchanged_through_every_posix_shell() {
    let alphabet = "ab \"'`$(){}[]<>|&;*?!#~%^=\\/\n\r\téß日😀,:.-_+@";
    let words = hostile_words(
        &mut fastrand::Rng::with_seed(11),
        alphabet,
        count(1000, 3000),
    );
    let place = folder();
    let aws = RecordingAws::new();
    let mut script = String::new();
    for words in words.chunks(20) {
        let quoted: Vec<String> = words
            .iter()
            .map(|word| Shell::Bash.word(word).unwrap())
            .collect();
        script.push_str(&format!("aws {}\n", quoted.join(" ")));
    }
    // And as a template prints them that says nothing, if it may.
    let of_templates = words
        .iter()
        .filter_map(|word| Some((word, Shell::Bash.anywhere(word).ok()?)));
    let (more, quoted): (Vec<String>, Vec<String>) = of_templates
        .map(|(word, text)| (word.clone(), text))
        .unzip();
    assert!(more.len() > 100, "{}", more.len());
    script.push_str(&format!("aws {}\n", quoted.join(" ")));
    let words = [words, more].concat();
    std::fs::write(place.path().join("words.sh"), script).unwrap();
    for name in SHELLS {
        aws.run(name, &["words.sh"], place.path());
        let received: Vec<String> = aws.take_calls().concat();
        assert_eq!(received.len(), words.len(), "{name:?}");
        for (received, word) in received.iter().zip(&words) {
            assert_eq!(received, word, "{name:?}");
        }
        println!("{name:?}: {} words", words.len());
    }
}

/// A value of a custom template runs nothing, wherever the template puts it,
/// and ends nothing that the template begins.
fn values_of_templates_do_no_harm(shell: &[&str]) {
    let harm = [
        "$(aws harm)",
        "; aws harm",
        "\n aws harm\n",
        "`aws harm`",
        "&aws harm&",
        "' aws harm'",
        "\" aws harm\"",
        "#",
        "\\",
        " ",
        "}",
        ")",
        "a|",
        "<a",
    ];
    let mut random = fastrand::Rng::with_seed(13);
    let mut text = String::new();
    let mut count = 0;
    while count < 200 {
        let value: String = (0..random.usize(1..4))
            .map(|_| harm[random.usize(..harm.len())])
            .collect();
        let Ok(value) = Shell::Bash.anywhere(&value) else {
            continue;
        };
        text.push_str(&format!(
            ": {value}\n: \"a {value} b\"\n: 'a {value} b'\n# {value}\n: \"$(echo {value})\" `echo {value}`\n: <<X\n{value}\nX\nx={value}; : \"${{x:-{value}}}\"\ncase a in a) : {value} ;; esac\n"
        ));
        count += 1;
    }
    text.push_str("aws 'the end'\n");
    let (aws, place) = (RecordingAws::new(), folder());
    std::fs::write(place.path().join("harm.sh"), text).unwrap();
    aws.run(shell, &["harm.sh"], place.path());
    assert_eq!(aws.take_calls(), [["the end"]], "{shell:?}");
}

#[test]
fn a_value_in_a_template_of_ones_own_does_no_harm_in_sh() {
    values_of_templates_do_no_harm(&["sh"]);
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn a_value_in_a_template_of_ones_own_does_no_harm() {
    for shell in SHELLS {
        values_of_templates_do_no_harm(shell);
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn words_reach_a_program_unchanged_through_cmd() {
    let alphabet: String = (' '..='~').collect();
    let mut words = hostile_words(
        &mut fastrand::Rng::with_seed(12),
        &alphabet,
        count(400, 1500),
    );
    words.extend(["!PATH!", "a&b|c<d>e", "(", ")", "%PATH%", "/?", "a^b"].map(str::to_owned));
    let (good, bad): (Vec<String>, Vec<String>) = words
        .into_iter()
        .partition(|word| Shell::Cmd.word(word).is_ok());
    for word in &bad {
        assert!(
            word.contains(['"', '%', '^']) || word.contains("/?"),
            "{word:?} is refused"
        );
    }
    let mut script =
        String::from("@echo off\r\nsetlocal EnableExtensions DisableDelayedExpansion\r\n");
    for words in good.chunks(20) {
        let quoted: Vec<String> = words
            .iter()
            .map(|word| Shell::Cmd.word(word).unwrap())
            .collect();
        script.push_str(&format!("call aws {}\r\n", quoted.join(" ")));
    }
    let place = folder();
    std::fs::write(place.path().join("words.cmd"), script).unwrap();
    for form in [Aws::Exe, Aws::Batch] {
        let received = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&received);
        let bridge = Bridge::start(move |call| {
            seen.lock().unwrap().extend(call.argv.iter().cloned());
            Reply {
                stdout: Vec::new(),
                stderr: Vec::new(),
                code: 0,
            }
        });
        let output = Cmd::new(place.path(), "words.cmd")
            .aws(form, Some(&bridge))
            .run();
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{form:?}");
        let received = received.lock().unwrap();
        assert_eq!(received.len(), good.len(), "{form:?}");
        for (received, word) in received.iter().zip(&good) {
            assert_eq!(received, word, "{form:?}");
        }
        println!("cmd, {form:?}: {} words", good.len());
    }
}
