"""Tells the tests what is in the IAM server, by boto3: not by the AWS CLI that
is under test.

Reads a command a line and answers a line of JSON:
  reset                  forget everything
  region NAME            look at the partition of that Region from now on
  create-role NAME       create a role that trusts nobody's bots
  create-policy NAME     create a policy that permits nothing of ours
  state                  all roles, policies, attachments, tags
"""

import json
import sys
import urllib.request

import boto3

ENDPOINT = sys.argv[1]
FOREIGN_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
FOREIGN_POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::somebody-elses/*"}],
}


def tags(items):
    return {tag["Key"]: tag["Value"] for tag in items}


def state(iam):
    roles, policies = {}, {}
    for role in iam.list_roles()["Roles"]:
        name = role["RoleName"]
        role = iam.get_role(RoleName=name)["Role"]
        attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        roles[name] = {
            "path": role["Path"],
            "trust": role["AssumeRolePolicyDocument"],
            "boundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", ""),
            "tags": tags(iam.list_role_tags(RoleName=name)["Tags"]),
            "attached": sorted(policy["PolicyArn"] for policy in attached),
        }
    for policy in iam.list_policies(Scope="Local")["Policies"]:
        arn = policy["Arn"]
        version = iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])
        policies[arn] = {
            "document": version["PolicyVersion"]["Document"],
            "tags": tags(iam.list_policy_tags(PolicyArn=arn)["Tags"]),
        }
    return {"roles": roles, "policies": policies}


def main():
    region = "us-east-1"
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        iam = boto3.client("iam", endpoint_url=ENDPOINT, region_name=region)
        answer = {}
        if command == "reset":
            urllib.request.urlopen(urllib.request.Request(ENDPOINT + "/moto-api/reset", method="POST")).read()
        elif command == "region":
            region = argument
        elif command == "create-role":
            iam.create_role(RoleName=argument, AssumeRolePolicyDocument=json.dumps(FOREIGN_TRUST))
        elif command == "create-policy":
            iam.create_policy(PolicyName=argument, PolicyDocument=json.dumps(FOREIGN_POLICY))
        elif command == "state":
            answer = state(iam)
        else:
            raise SystemExit("no such command: " + command)
        print(json.dumps(answer), flush=True)


main()
