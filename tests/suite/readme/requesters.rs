//! The requesters' commands, signing among them, and the organisations'.

use std::fs;

use serde_json::Value;

use super::{command, walk, with_the_parameter_file};
use crate::runner::bash;
use crate::support::{lexlogs, names, output_of, text};

#[test]
fn the_requesters_commands_generate_bundles() {
    with_the_parameter_file(|place, programs| {
        let printed = walk("docs/requesters.md", place, programs);
        assert_eq!(
            names(&place.join("dist")).len(),
            4,
            "one for each role and Region"
        );
        let verified = &printed["lexlogs verify fleet"];
        assert!(verified.contains("2 bundles"), "{verified}");
        assert_eq!(
            names(&place.join("fleet")),
            ["111122223333", "444455556666", "SHA256SUMS", "fleet.json"]
        );
        // Two Regions of an account have one role and other policies.
        let (mut roles, mut policies) = (Vec::new(), Vec::new());
        for zip in names(&place.join("regions/111122223333")) {
            let zip = format!("regions/111122223333/{zip}");
            let output = lexlogs(place, &["inspect", &zip, "--json"]);
            let json: Value = serde_json::from_slice(&output.stdout).unwrap();
            let inspection = &json["inspection"];
            roles.push(inspection["role"]["name"].to_string());
            let grants = inspection["grants"].as_array().unwrap().iter();
            let its = grants.filter_map(|grant| grant["policy"].as_str());
            policies.extend(its.map(str::to_owned));
        }
        assert_eq!((roles.len(), policies.len()), (2, 2));
        assert!(roles[0] == roles[1] && policies[0] != policies[1]);
    });
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn the_requesters_bundle_is_signed_and_the_approver_verifies_it() {
    with_the_parameter_file(|place, programs| {
        let keys = place.join(".ssh");
        fs::create_dir(&keys).unwrap();
        let make = ["-q", "-t", "ed25519", "-N", "", "-f", "id_ed25519"];
        output_of("ssh-keygen", &make, &keys);
        let public = fs::read_to_string(keys.join("id_ed25519.pub")).unwrap();
        let signers = format!("you@example.com {public}");
        fs::write(place.join("allowed_signers"), signers).unwrap();
        let home = [("HOME".to_owned(), place.to_str().unwrap().to_owned())];
        let typed = |beginning: &str| bash(&command(beginning), place, programs, &home).stdout;
        typed("lexlogs bundle lexlogs.toml -o signed.zip --sign ");
        let verified = typed("ssh-keygen -Y verify ");
        let good = "Good \"lexlogs\" signature for you@example.com with ED25519 key SHA256:";
        assert!(verified.starts_with(good), "{verified}");
        typed("lexlogs verify signed.zip ");
    });
}

#[test]
fn the_organisations_templates_change_its_bundles() {
    with_the_parameter_file(|place, programs| {
        walk("docs/organisations.md", place, programs);
        let render = "render own.toml --templates own --custom ticket=CHG0042 -o out";
        let output = lexlogs(place, &render.split(' ').collect::<Vec<_>>());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let readme = fs::read_to_string(place.join("out/README.md")).unwrap();
        assert!(
            readme.ends_with("\n## Who approved it\n\nTicket CHG0042, team Voice platform.\n"),
            "{readme}"
        );
    });
}
