"""A stand-in for Amazon Lex V1, whose service AWS has ended and which moto does not have: GetBotAlias and PutBotAlias, as far as
the API's model tells what they take and give. All else goes on to the next application."""

import hashlib
import json
import re

ALIAS = re.compile(r"/bots/([^/]+)/aliases/([^/]+)$")
PUT = {"botVersion", "description", "checksum", "conversationLogs", "tags"}


class FakeLexV1:
    def __init__(self, app):
        self.app, self.aliases, self.changes = app, {}, 0

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/moto-api/reset":
            self.aliases.clear()
        path = ALIAS.search(environ["PATH_INFO"])
        if not path:
            return self.app(environ, start_response)
        if environ["REQUEST_METHOD"] == "PUT":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            status, answer = self.put(path.groups(), json.loads(body))
        elif path.groups() in self.aliases:
            status, answer = "200 OK", self.aliases[path.groups()]
        else:
            status, answer = "404 Not Found", "NotFoundException"
        headers = [("Content-Type", "application/json")]
        if isinstance(answer, str):
            headers.append(("x-amzn-ErrorType", answer))
            answer = {"message": "the alias is not as it was"}
        start_response(status, headers)
        return [json.dumps(answer).encode()]

    def put(self, names, body):
        if set(body) - PUT:
            return "400 Bad Request", "BadRequestException"
        there = self.aliases.get(names, {})
        if body.get("checksum") != there.get("checksum"):
            return "412 Precondition Failed", "PreconditionFailedException"
        self.changes += 1
        alias = {key: value for key, value in body.items() if key not in ("checksum", "tags")}
        alias["botName"], alias["name"] = names
        alias["createdDate"] = 1700000000
        alias["lastUpdatedDate"] = 1700000000 + self.changes
        for setting in alias.get("conversationLogs", {}).get("logSettings", []):
            if "resourcePrefix" in setting:
                return "400 Bad Request", "BadRequestException"
            setting["resourcePrefix"] = "aws/lex/" + names[0]
        alias["checksum"] = hashlib.sha256(str(self.changes).encode()).hexdigest()
        self.aliases[names] = alias
        return "200 OK", alias
