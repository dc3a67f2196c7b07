//! The stages of a bundle one by one, in a process that is warm: for whoever
//! makes one of them faster. `cargo bench --bench stages [-- FILTER]`

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput};
use lexlogs::bundle::Bundle;
use lexlogs::config::Config;
use lexlogs::plan::{Command, Plan};
use lexlogs::received::verify;
use lexlogs::render;
use lexlogs::request::Request;
use lexlogs::shell::Shell;
use lexlogs::templates::Templates;

/// The parameters of an example that has most of what a bundle can have.
const PATH: &str = "organisation/lexlogs.toml";
const PARAMETERS: &[u8] = include_bytes!("../examples/organisation/lexlogs.toml");

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    parameters(&mut criterion);
    rendering(&mut criterion);
    quoting(&mut criterion);
    zips(&mut criterion);
    criterion.final_summary();
}

fn request() -> Request {
    let config = Config::parse(Path::new(PATH), PARAMETERS);
    Request::new(&config.parameters, config.faults).expect("right parameters")
}

fn templates() -> &'static Templates {
    Templates::built_in().expect("templates")
}

/// The bytes of some texts together.
fn bytes<'a>(texts: impl IntoIterator<Item = &'a str>) -> Throughput {
    Throughput::Bytes(texts.into_iter().map(|text| text.len() as u64).sum())
}

fn parameters(c: &mut Criterion) {
    c.bench_function("parameters/read and validate", |b| b.iter(request));
}

fn rendering(c: &mut Criterion) {
    let (request, templates) = (request(), templates());
    let files = render::files(&request, templates).expect("files");
    let mut group = c.benchmark_group("render");
    group.throughput(bytes(files.iter().map(|file| file.text.as_str())));
    group.bench_function("files with their digests", |b| {
        b.iter(|| render::files(black_box(&request), templates));
    });
    group.bench_function("the whole bundle", |b| {
        b.iter(|| Bundle::new(black_box(&request), templates));
    });
    group.finish();

    let content: String = files.iter().map(|file| file.text.as_str()).collect();
    let mut group = c.benchmark_group("digest");
    group.throughput(bytes([content.as_str()]));
    group.bench_function("of all files", |b| {
        b.iter(|| lexlogs::digest::sha256(black_box(content.as_bytes())));
    });
    group.finish();
}

fn quoting(c: &mut Criterion) {
    let plan = Plan::new(request().spec());
    let commands = commands(&plan);
    let mut group = c.benchmark_group("quoting");
    for (name, shell) in [("bash", Shell::Bash), ("cmd", Shell::Cmd)] {
        let all = || commands.iter().map(|command| shell.command(command));
        let texts: Vec<String> = all().collect::<Result<_, _>>().expect("commands");
        group.throughput(bytes(texts.iter().map(String::as_str)));
        group.bench_function(name, |b| {
            b.iter(|| {
                for text in all() {
                    black_box(text).expect("a command");
                }
            });
        });
    }
    group.finish();
}

/// The calls of a plan's steps and targets.
fn commands(plan: &Plan) -> Vec<&Command> {
    let targets = plan.targets.iter().map(|target| &target.check.command);
    let mut commands: Vec<&Command> = targets.collect();
    for step in &plan.apply {
        commands.push(&step.command);
        commands.extend(step.checks.iter().map(|check| &check.command));
        commands.extend(step.updates.iter().map(|update| &update.command));
        if let Some(undo) = &step.undo {
            commands.extend(undo.contents.iter().chain(&undo.users));
            commands.push(&undo.command);
        }
    }
    commands
}

fn zips(c: &mut Criterion) {
    let bundle = Bundle::new(&request(), templates()).expect("a bundle");
    let zip = bundle.to_zip().expect("a zip");
    let report = verify::verify(&zip);
    assert!(report.proven, "{report}");
    let mut group = c.benchmark_group("zip");
    group.throughput(bytes(bundle.files.iter().map(|file| file.text.as_str())));
    group.bench_function("write", |b| b.iter(|| black_box(&bundle).to_zip()));
    group.bench_function("verify", |b| b.iter(|| verify::verify(black_box(&zip))));
    group.finish();
}
