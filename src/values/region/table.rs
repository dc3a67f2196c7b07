//! AWS's partitions and Regions, and where Amazon Lex has an endpoint.
//! Printed by tests/real/regions.py, from botocore 1.44.8: do not edit.

/// Where the table is from.
pub const SOURCE: &str = "botocore 1.44.8";

/// One partition's row of the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) name: &'static str,
    /// What its Regions begin with, before `-WORD-NUMBER`.
    pub(super) prefixes: &'static [&'static str],
    pub(super) regions: &'static [&'static str],
}

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "aws",
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        regions: &["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
        "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
        "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1",
        "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2",
        "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1",
        "me-west-1", "mx-central-1", "sa-east-1", "sa-west-1", "us-east-1", "us-east-2", "us-west-1",
        "us-west-2"],
    },
    Row {
        name: "aws-cn",
        prefixes: &["cn"],
        regions: &["cn-north-1", "cn-northwest-1"],
    },
    Row {
        name: "aws-eusc",
        prefixes: &["eusc-de"],
        regions: &["eusc-de-east-1"],
    },
    Row {
        name: "aws-iso",
        prefixes: &["us-iso"],
        regions: &["us-iso-east-1", "us-iso-west-1"],
    },
    Row {
        name: "aws-iso-b",
        prefixes: &["us-isob"],
        regions: &["us-isob-east-1", "us-isob-west-1"],
    },
    Row {
        name: "aws-iso-e",
        prefixes: &["eu-isoe"],
        regions: &["eu-isoe-west-1"],
    },
    Row {
        name: "aws-iso-f",
        prefixes: &["us-isof"],
        regions: &["us-isof-east-1", "us-isof-south-1"],
    },
    Row {
        name: "aws-us-gov",
        prefixes: &["us-gov"],
        regions: &["us-gov-east-1", "us-gov-west-1"],
    },
];

pub(super) const LEX_V1: &[&str] = &["ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "eu-west-1", "eu-west-2",
        "us-east-1", "us-gov-west-1", "us-west-2"];

pub(super) const LEX_V2: &[&str] = &["af-south-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2",
        "ca-central-1", "eu-central-1", "eu-west-1", "eu-west-2", "us-east-1", "us-gov-west-1",
        "us-west-2"];
