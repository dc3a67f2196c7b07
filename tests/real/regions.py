"""Prints src/values/region/table.rs, from an installed botocore: python3 tests/real/regions.py >src/values/region/table.rs"""

import json
import pathlib
import re
import textwrap

import botocore

data = pathlib.Path(botocore.__file__).parent / "data"
partitions = json.loads((data / "partitions.json").read_text())["partitions"]
endpoints = json.loads((data / "endpoints.json").read_text())["partitions"]


def listed(words):
    lines = textwrap.wrap(", ".join(f'"{word}"' for word in words), 96, break_on_hyphens=False)
    return "&[" + "\n        ".join(lines) + "]"


def regions(names):
    return listed(sorted(name for name in names if re.fullmatch(r"[a-z-]+-\d+", name)))


def lex(service):
    return regions(name for one in endpoints for name in one["services"].get(service, {"endpoints": ()})["endpoints"])


print(f"""//! AWS's partitions and Regions, and where Amazon Lex has an endpoint.
//! Printed by tests/real/regions.py, from botocore {botocore.__version__}: do not edit.

/// Where the table is from.
pub const SOURCE: &str = "botocore {botocore.__version__}";

/// One partition's row of the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {{
    pub(super) name: &'static str,
    /// What its Regions begin with, before `-WORD-NUMBER`.
    pub(super) prefixes: &'static [&'static str],
    pub(super) regions: &'static [&'static str],
}}

pub(super) const ROWS: &[Row] = &[""")
for one in sorted(partitions, key=lambda one: one["id"]):
    # Such as ^(us|eu)\\-\\w+\\-\\d+$ and ^eusc\\-(de)\\-\\w+\\-\\d+$.
    prefix = re.fullmatch(r"\^(.*)\\-\\w\+\\-\\d\+\$", one["regionRegex"]).group(1).replace("\\", "")
    before, choices = re.fullmatch(r"(.*?)\(?([a-z|-]+)\)?", prefix).groups() if "(" in prefix else ("", prefix)
    prefixes = [before + choice for choice in choices.split("|")]
    print(f"""    Row {{
        name: "{one["id"]}",
        prefixes: {listed(prefixes)},
        regions: {regions(one["regions"])},
    }},""")
print(f"""];

pub(super) const LEX_V1: &[&str] = {lex("runtime.lex")};

pub(super) const LEX_V2: &[&str] = {lex("runtime-v2-lex")};""")
