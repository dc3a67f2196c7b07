"""Checks files by a JSON Schema, independently of lexlogs: validate.py SCHEMA FILE...

Prints a line for each file: its name, a tab, and nothing if it passes, else what is wrong with it. Of a file that ends in
.jsonl each line is looked at by itself, and has no name. TOML is checked in its JSON form.
"""

import json
import sys
import tomllib

from jsonschema.validators import validator_for

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
# Of the draft that the schema names.
validator_class = validator_for(schema, default=None)
validator_class.check_schema(schema)
validator = validator_class(schema)


def say(name, instance):
    fault = next(validator.iter_errors(instance), None)
    print(name, fault.json_path + ": " + fault.message.replace("\n", " ") if fault else "", sep="\t")


sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
for path in sys.argv[2:]:
    if path.endswith(".jsonl"):
        with open(path, encoding="utf-8", newline="\n") as file:
            for line in file:
                say("", json.loads(line))
    elif path.endswith(".toml"):
        with open(path, "rb") as file:
            say(path, tomllib.load(file))
    else:
        with open(path, encoding="utf-8") as file:
            say(path, json.load(file))
