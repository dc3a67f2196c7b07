"""moto's server of IAM, STS, CloudWatch Logs, S3, KMS and Amazon Lex V2 for the tests, with what they ask of it: to see and set its state by
boto3, not by the AWS CLI that is under test, and to fail at a given request in a way that moto itself never does.

Prints its address, then reads a command a line and answers a line of JSON:
  anew                      reset, and also forget the Region, saved states and faults
  reset                     forget everything
  region NAME               look at the partition of that Region from now on
  state                     all roles, policies, attachments, tags; all log groups of that Region, all buckets
  save NAME / restore NAME  keep what IAM holds, and bring it back
  fault NUMBER CODE         answer that request, counted from now, with that error
  unfault                   take the fault back; says whether it was given
  meddle NUMBER SERVICE METHOD JSON
                            make that call of boto3 just before that request, counted from now, is answered
  call SERVICE METHOD JSON  a call of boto3
"""

import copy
import json
import os
import random
import string
import sys
import threading
import types
import urllib.request

import boto3
import botocore.config
import botocore.exceptions
import lex_v1
import moto.lexv2models.models
from moto.backends import get_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

STATUS = {"AccessDenied": 403, "Throttling": 400, "ExpiredToken": 403, "BucketAlreadyExists": 409}
MESSAGE = {
    "AccessDenied": "User: arn:aws:sts::111122223333:user/moto is not authorized to perform it",
    "Throttling": "Rate exceeded",
    "BucketAlreadyExists": "The requested bucket name is not available",
    "ExpiredToken": "The security token included in the request is expired",
}


class Faults:
    """Passes requests on to moto, but for the one that is to fail."""

    def __init__(self, app):
        self.app, self.lock = app, threading.Lock()
        self.left, self.code, self.given = 0, None, False
        self.until, self.meddling = 0, None

    def meddle(self, number, meddling):
        with self.lock:
            self.until, self.meddling = number, meddling

    def arm(self, number, code):
        with self.lock:
            self.left, self.code, self.given = number, code, False

    def __call__(self, environ, start_response):
        with self.lock:
            self.left -= 1
            code = self.code if self.left == 0 else None
            self.given = self.given or code is not None
            self.until -= 1
            meddling = self.meddling if self.until == 0 else None
        if meddling is not None:
            meddling()
        if code is None:
            return self.app(environ, start_response)
        if environ["PATH_INFO"].startswith("/bots"):
            start_response(f"{STATUS[code]} Fault", [("Content-Type", "application/json"), ("x-amzn-ErrorType", code)])
            return [json.dumps({"message": MESSAGE[code]}).encode()]
        if "HTTP_X_AMZ_TARGET" in environ:
            start_response("400 Fault", [("Content-Type", "application/x-amz-json-1.1")])
            return [json.dumps({"__type": code, "message": MESSAGE[code]}).encode()]
        start_response(f"{STATUS[code]} Fault", [("Content-Type", "text/xml")])
        body = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{MESSAGE[code]}</Message></Error>"
        if "/s3/aws4_request" not in environ.get("HTTP_AUTHORIZATION", ""):
            body = f"<ErrorResponse>{body}</ErrorResponse>"
        return [body.encode()]


def tags(items):
    return {tag["Key"]: tag["Value"] for tag in items}


def asked(bucket, name, missing):
    """What a bucket says of itself; None where it has none of it."""
    try:
        return getattr(*bucket[:1], name)(Bucket=bucket[1])
    except botocore.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != missing:
            raise
        return None


def buckets(s3):
    found = {}
    for bucket in s3.list_buckets()["Buckets"]:
        of = (s3, bucket["Name"])
        block = asked(of, "get_public_access_block", "NoSuchPublicAccessBlockConfiguration")
        rules = asked(of, "get_bucket_encryption", "ServerSideEncryptionConfigurationNotFoundError")
        tagged = asked(of, "get_bucket_tagging", "NoSuchTagSet")
        lifecycle = asked(of, "get_bucket_lifecycle_configuration", "NoSuchLifecycleConfiguration")
        policy = asked(of, "get_bucket_policy", "NoSuchBucketPolicy")
        found[bucket["Name"]] = {
            "region": asked(of, "get_bucket_location", "")["LocationConstraint"] or "us-east-1",
            "block": block and block["PublicAccessBlockConfiguration"],
            "encryption": rules and rules["ServerSideEncryptionConfiguration"]["Rules"],
            "lifecycle": lifecycle and lifecycle["Rules"],
            "policy": policy and json.loads(policy["Policy"]),
            "tags": tagged and tags(tagged["TagSet"]),
        }
    return found


def state(iam, logs, s3):
    roles, policies, groups = {}, {}, {}
    for group in logs.describe_log_groups()["logGroups"]:
        name = group["logGroupName"]
        groups[name] = {
            "retention": group.get("retentionInDays"),
            "key": group.get("kmsKeyId"),
            "tags": logs.list_tags_log_group(logGroupName=name)["tags"],
        }
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
        versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
        document = iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])
        policies[arn] = {
            "document": document["PolicyVersion"]["Document"],
            "versions": len(versions),
            "tags": tags(iam.list_policy_tags(PolicyArn=arn)["Tags"]),
        }
    return {"roles": roles, "policies": policies, "groups": groups, "buckets": buckets(s3)}


def backends():
    for service in ["iam", "logs", "s3", "kms", "lexv2models"]:
        for account, regions in get_backend(service).items():
            for region, backend in regions.items():
                yield (service, account, region), backend


def bot_id():
    """The ids that moto gives bots and aliases are longer than any that Amazon Lex gives."""
    return "".join(random.choices(string.ascii_uppercase + string.digits, k=10))


def main():
    moto.lexv2models.models.uuid = types.SimpleNamespace(uuid4=bot_id)
    faults = Faults(lex_v1.FakeLexV1(DomainDispatcherApplication(create_backend_app)))
    server = make_server("127.0.0.1", 0, faults, threaded=True)
    endpoint = f"http://127.0.0.1:{server.port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps(endpoint), flush=True)

    saved = {}
    region = "us-east-1"
    clients = {}

    def client(service):
        if (service, region) not in clients:
            config = botocore.config.Config(retries={"max_attempts": 0})
            clients[service, region] = boto3.client(service, endpoint_url=endpoint, region_name=region, config=config)
        return clients[service, region]

    def call(argument):
        service, method, arguments = argument.split(" ", 2)
        arguments = json.loads(arguments)
        method = getattr(client(service), method)
        return lambda: method(**arguments)

    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        answer = {}
        if command in ("reset", "anew"):
            urllib.request.urlopen(urllib.request.Request(endpoint + "/moto-api/reset", method="POST")).read()
            if command == "anew":
                saved, region = {}, "us-east-1"
                faults.arm(0, None)
                faults.meddle(0, None)
        elif command == "region":
            region = argument
        elif command == "state":
            answer = state(client("iam"), client("logs"), client("s3"))
        elif command == "save":
            saved[argument] = {key: copy.deepcopy(backend.__dict__) for key, backend in backends()}
        elif command == "restore":
            for key, backend in backends():
                # One that has come since had nothing then.
                kept = saved[argument].get(key)
                if kept is None:
                    backend.reset()
                else:
                    backend.__dict__.clear()
                    backend.__dict__.update(copy.deepcopy(kept))
        elif command == "fault":
            number, code = argument.split()
            faults.arm(int(number), code)
        elif command == "unfault":
            answer = faults.given
            faults.arm(0, None)
        elif command == "call":
            answer = call(argument)()
        elif command == "meddle":
            number, argument = argument.split(" ", 1)
            faults.meddle(int(number), call(argument))
        else:
            raise SystemExit("no such command: " + command)
        print(json.dumps(answer, default=str), flush=True)
    os._exit(0)


main()
