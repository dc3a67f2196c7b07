//! What `check` says of the last hour's deliveries. The server of these tests knows
//! no search for metrics, so a stand-in of `aws` answers that one call; all others go
//! to the real AWS CLI.

use std::fs;

use serde_json::json;

use super::{BOTH, Bot, FEW, Place, ROLE};
use crate::iam::Cli;
use crate::support::{folder, write_program};

/// Seconds of a time such as `2026-11-26T16:22:34Z`, counted from its day's begin.
fn seconds(time: &str) -> i64 {
    let form = [
        (4, '-'),
        (7, '-'),
        (10, 'T'),
        (13, ':'),
        (16, ':'),
        (19, 'Z'),
    ];
    assert!(
        time.len() == 20 && form.iter().all(|(at, c)| time.chars().nth(*at) == Some(*c)),
        "{time}"
    );
    let part = |from: usize| time[from..from + 2].parse::<i64>().unwrap();
    part(11) * 3600 + part(14) * 60 + part(17)
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn what_a_stand_in_of_cloudwatch_tells_of_the_last_hour_is_printed() {
    const TOLD: &str = "ABC ConversationLogsTextDeliveryFailure 2.0\nABC ConversationLogsTextDeliverySuccess 5.0\n";
    let mut bot = Bot::start();
    for runner in FEW {
        bot.begin(ROLE, &json!({ "botVersion": "1" }));
        bot.iam
            .ask(r#"call logs create_log_group {"logGroupName": "/lex/bot"}"#);
        let place = folder();
        let request = bot.request(&BOTH[..1]);
        let mut place = Place::new(&bot, runner, Cli::V1, &request, place.path());
        place.good("apply", &[]);
        place.good("enable", &[]);
        let programs = folder();
        let (path, real) = (programs.path().display(), place.aws.join("aws"));
        let program = format!(
            "#!/bin/sh\ncase $1-$2 in\ncloudwatch-get-metric-data) printf '%s\\n' \"$@\" >'{path}/arguments'; cat '{path}/told'; cat '{path}/error' >&2; [ ! -s '{path}/error' ] ;;\n*) exec '{}' \"$@\" ;;\nesac\n",
            real.display()
        );
        write_program(&programs.path().join("aws"), &program);
        place.aws = programs.path().to_owned();
        let answer = |told: &str, error: &str| {
            fs::write(programs.path().join("told"), told).unwrap();
            fs::write(programs.path().join("error"), error).unwrap();
        };

        answer(TOLD, "");
        let checked = place.good("check", &[]);
        let says = "  ABC ConversationLogsTextDeliveryFailure 2.0\n  ABC ConversationLogsTextDeliverySuccess 5.0\n\nIn place, as this bundle makes it.\n";
        assert!(checked.stdout.ends_with(says), "{runner:?}: {checked:?}");
        let arguments = fs::read_to_string(programs.path().join("arguments")).unwrap();
        let arguments: Vec<&str> = arguments.lines().collect();
        let value = |name: &str| {
            let at = arguments.iter().position(|one| *one == name).unwrap();
            arguments[at + 1]
        };
        assert_eq!(
            value("--metric-data-queries"),
            format!(
                "Id=logs,Expression='SEARCH(\\'MetricName=(ConversationLogsTextDeliverySuccess OR ConversationLogsTextDeliveryFailure OR ConversationLogsAudioDeliverySuccess OR ConversationLogsAudioDeliveryFailure) {}\\', \\'Sum\\', 3600)'",
                bot.id
            )
        );
        let passed = seconds(value("--end-time")) - seconds(value("--start-time"));
        assert!(
            (3600..3660).contains(&passed.rem_euclid(86400)),
            "{runner:?}: {arguments:?}"
        );

        answer("", "");
        let checked = place.good("check", &[]);
        let says = "\n  nothing: no conversation was logged, and none failed to be\n\nIn place, as this bundle makes it.\n";
        assert!(checked.stdout.ends_with(says), "{runner:?}: {checked:?}");

        answer(
            "",
            "An error occurred (AccessDenied) when calling the GetMetricData operation: no\n",
        );
        let checked = place.run("check", &[]);
        assert_eq!(checked.code, 0, "{runner:?}: {checked:?}");
        let says = "\n  could not be looked at\n\nIn place, as this bundle makes it.\n";
        assert!(checked.stdout.ends_with(says), "{runner:?}: {checked:?}");
        let says = "(AccessDenied) when calling the GetMetricData operation: no\n\ncheck: warning: not everything could be looked at, as said above.\n";
        assert!(checked.stderr.ends_with(says), "{runner:?}: {checked:?}");
    }
}
