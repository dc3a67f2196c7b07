//! What a reader does with a page: saves its documents and pastes its commands,
//! in their order, into a shell, without any script of ours. The blocks come out
//! of the page by a Markdown parser that is not of this project.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use lexlogs::plan::Plan;
use lexlogs::request::Request;

use super::{Block, before_clean_up, blocks, of_language, printed_in};
use crate::apply::{ACCOUNT, CASES, example, region};
use crate::bridge::{Bridge, Reply, run_program};
use crate::examples::render;
use crate::iam::{CLIS, Cli, Iam, expected_state};
use crate::recording::RecordingAws;
use crate::support::{
    SHELLS, bundle, count, each, file, folder, path_with, random_request, shell, text,
    without_aws_settings,
};
use crate::wine::{Aws, Cmd};

/// The blocks of an example's page. Its parameters are those that the bundle
/// has, defaults too: what is not given stands as a placeholder word in a page.
fn page_of(example: &str, shell: &str) -> Vec<Block> {
    let place = folder();
    render(place.path(), example);
    let config = format!("{example}/request.json");
    let arguments = ["page", &config, "--shell", shell];
    blocks(before_clean_up(&printed_in(place.path(), &arguments)))
}

/// Saves the documents of a page under the names that it gives them.
fn save(blocks: &[Block], place: &Path) {
    for block in blocks.iter().filter(|block| block.language == "json") {
        let is_file = |span: &&String| Path::new(span).extension() == Some("json".as_ref());
        let name = block.spans.iter().find(is_file);
        // One is only there to be compared.
        if let Some(name) = name {
            fs::write(place.join(name), &block.text).unwrap();
        }
    }
}

/// Pastes a text into a shell: it reads its standard input line by line.
fn paste(name: &[&str], commands: &str, place: &Path, aws: &Path, settings: &[(String, String)]) {
    let mut command = shell(name);
    let input = place.join("pasted");
    fs::write(&input, commands).unwrap();
    command
        .arg("-s")
        .current_dir(place)
        .envs(settings.iter().cloned())
        .env("PATH", path_with(aws))
        .stdin(Stdio::from(fs::File::open(&input).unwrap()));
    let output = command.output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{name:?}: {commands}\n{}",
        text(&output.stderr)
    );
}

/// Pastes a text into a command prompt, whose `aws` is that program.
fn paste_cmd(commands: &str, place: &Path, form: Aws, bridge: &Bridge) {
    let output = Cmd::pasted(place, commands).aws(form, Some(bridge)).run();
    assert_eq!(
        (output.code, output.stderr.as_str()),
        (0, ""),
        "{commands}\n{}",
        output.stdout
    );
}

/// An empty account, or one with the role of an `existing-role` request.
fn prepare(iam: &mut Iam, case: &str) -> serde_json::Value {
    iam.ask("reset");
    iam.ask(&format!("region {}", region(case)));
    if case == "existing-role" {
        iam.create_role("SupportBotRole");
    }
    iam.ask("state")
}

/// What the page says must be set: credentials and the Region.
fn settings_of(iam: &Iam, case: &str) -> Vec<(String, String)> {
    let region = ("AWS_DEFAULT_REGION".to_owned(), region(case).to_owned());
    [iam.settings(), vec![region]].concat()
}

/// What is there when a page was followed: what the scripts make, and the policy
/// for whoever passes the role, which no script makes.
fn state_after(request: &Request, before: &serde_json::Value) -> serde_json::Value {
    let bundle = bundle(request);
    let mut state = expected_state(request, &bundle, before);
    let Some(pass_role) = Plan::new(request.spec()).pass_role else {
        return state;
    };
    let text =
        |name: &str| -> serde_json::Value { serde_json::from_str(file(&bundle, name)).unwrap() };
    let arguments = pass_role.attach_to_user.arguments();
    let arn = arguments.iter().find(|word| word.starts_with("arn:"));
    state["policies"][arn.unwrap()] = serde_json::json!({
        "document": text("LexConversationLogsPassRolePolicy.json"),
        "versions": 1,
        "tags": text("request.json").get("tags").cloned().unwrap_or(serde_json::json!({})),
    });
    state
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_page_followed_in_a_shell_creates_what_it_should() {
    let mut iam = Iam::start(ACCOUNT);
    let (mut pages, mut commands) = (0, 0);
    for options in each(&[CASES.len(), SHELLS.len(), CLIS.len()]) {
        let (index, name, cli) = (options[0], SHELLS[options[1]], CLIS[options[2]]);
        let case = CASES[index];
        // From a page for both shells too, of which a reader takes one form.
        let blocks = page_of(case, ["bash", "both"][index % 2]);
        let bash = of_language(&blocks, "bash");
        assert!(bash.len() >= 2, "{case}");
        let request = example(case);
        let before = prepare(&mut iam, case);
        let place = folder();
        save(&blocks, place.path());
        let settings = settings_of(&iam, case);
        paste(name, &bash.concat(), place.path(), &iam.aws(cli), &settings);
        assert_eq!(
            iam.ask("state"),
            state_after(&request, &before),
            "{name:?}, {cli:?}, {case}"
        );
        pages += 1;
        commands += bash.len();
    }
    println!(
        "{pages} pages, {commands} commands pasted into {} shells",
        SHELLS.len()
    );
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_page_can_be_pasted_into_a_terminal() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("text-and-audio");
    let blocks = page_of("text-and-audio", "both");
    let before = prepare(&mut iam, "text-and-audio");
    let place = folder();
    save(&blocks, place.path());
    // `script` gives bash a terminal, and types there what it is given. No pager, as on a machine without one.
    let mut command = shell(&["script"]);
    command
        .args(["-q", "-e", "-c", "bash --norc --noprofile -i", "/dev/null"])
        .current_dir(place.path())
        .envs(settings_of(&iam, "text-and-audio"))
        .envs([("AWS_PAGER", ""), ("TERM", "dumb"), ("HISTFILE", "")])
        .env("PATH", path_with(&iam.aws(Cli::V2)));
    let input = place.path().join("pasted");
    fs::write(&input, of_language(&blocks, "bash").concat() + "exit\n").unwrap();
    command.stdin(Stdio::from(fs::File::open(&input).unwrap()));
    let output = command.output().unwrap();
    let shown = text(&output.stdout);
    assert!(output.status.success(), "{shown}");
    assert_eq!(iam.ask("state"), state_after(&request, &before), "{shown}");
}

#[test]
#[ignore = "needs Wine, the AWS CLI and the IAM server: run tests/run"]
fn a_page_followed_in_cmd_creates_what_it_should() {
    let mut iam = Iam::start(ACCOUNT);
    let (mut pages, mut commands) = (0, 0);
    for options in each(&[CASES.len(), 2]) {
        let (index, form) = (options[0], [Aws::Exe, Aws::Batch][options[1]]);
        let case = CASES[index];
        // Either form with either version.
        let cli = CLIS[(index / 2 + options[1]) % 2];
        let blocks = page_of(case, ["both", "cmd"][index % 2]);
        let cmd = of_language(&blocks, "bat");
        assert_eq!(
            cmd.len(),
            of_language(&page_of(case, "bash"), "bash").len(),
            "{case}"
        );
        let request = example(case);
        let before = prepare(&mut iam, case);
        let place = folder();
        save(&blocks, place.path());
        let program = iam.aws(cli).join("aws");
        let settings = [without_aws_settings(), settings_of(&iam, case)].concat();
        let bridge = Bridge::start(move |call| run_program(&program, &settings, call).with_crlf());
        paste_cmd(&cmd.concat(), place.path(), form, &bridge);
        assert_eq!(
            iam.ask("state"),
            state_after(&request, &before),
            "{form:?}, {cli:?}, {case}"
        );
        pages += 1;
        commands += cmd.len();
    }
    println!("{pages} pages, {commands} commands pasted into a command prompt");
}

/// A random request, and the blocks of its page.
fn random_page(random: &mut fastrand::Rng, shell: &str, place: &Path) -> (Request, Vec<Block>) {
    let request = random_request(random);
    let bundle = bundle(&request);
    let parameters = file(&bundle, "request.json");
    fs::write(place.join("request.json"), parameters).unwrap();
    let page = printed_in(place, &["page", "request.json", "--shell", shell]);
    (request, blocks(before_clean_up(&page)))
}

fn calls_of(request: &Request) -> Vec<Vec<String>> {
    let plan = Plan::new(request.spec());
    let steps = plan.apply.iter().map(|step| step.command.clone());
    let by_hand = plan
        .pass_role
        .iter()
        .map(|pass_role| pass_role.create.clone());
    let settings = plan.log_settings.iter();
    let settings =
        settings.flat_map(|settings| [settings.enabling_request(), settings.update.clone()]);
    let commands = steps.chain(by_hand).chain(settings);
    commands.map(|command| command.arguments()).collect()
}

#[test]
#[ignore = "needs the real shells: run tests/run"]
fn hostile_names_survive_a_page_pasted_into_a_shell() {
    let aws = RecordingAws::new();
    let place = folder();
    let mut random = fastrand::Rng::with_seed(4);
    let mut commands = 0;
    let rounds = count(40, 200);
    for round in 0..rounds {
        let (request, blocks) = random_page(&mut random, "bash", place.path());
        let bash = of_language(&blocks, "bash");
        commands += bash.len();
        let name = SHELLS[round % SHELLS.len()];
        paste(name, &bash.concat(), place.path(), aws.path(), &[]);
        assert_eq!(
            aws.take_calls(),
            calls_of(&request),
            "{name:?}, round {round}"
        );
    }
    println!("{rounds} random pages, {commands} commands");
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn hostile_names_survive_a_page_pasted_into_cmd() {
    let place = folder();
    let calls = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&calls);
    let bridge = Bridge::start(move |call| {
        seen.lock().unwrap().push(call.argv.clone());
        Reply {
            stdout: Vec::new(),
            stderr: Vec::new(),
            code: 0,
        }
    });
    let mut random = fastrand::Rng::with_seed(4);
    let mut commands = 0;
    let rounds = count(6, 30);
    for round in 0..rounds {
        let (request, blocks) = random_page(&mut random, "cmd", place.path());
        let cmd = of_language(&blocks, "bat");
        commands += cmd.len();
        let form = if round % 2 == 0 { Aws::Exe } else { Aws::Batch };
        paste_cmd(&cmd.concat(), place.path(), form, &bridge);
        let calls = std::mem::take(&mut *calls.lock().unwrap());
        assert_eq!(calls, calls_of(&request), "{form:?}, round {round}");
    }
    println!("{rounds} random pages, {commands} commands");
}
