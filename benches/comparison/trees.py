"""What is measured works on: the rows of a fleet, and the folders that come of them."""

import hashlib
import json
import zipfile
from collections import Counter

#: How many bots each account has: all their bundles go into one folder.
BOTS = 10


def write_targets(path, rows):
    """Writes so many rows as JSON Lines: text and audio logs, each with a role and policies of its own."""
    with open(path, "w", encoding="ascii") as file:
        for row in range(rows):
            account, bot = divmod(row, BOTS)
            target = {
                "lex-version": "v2",
                "account-id": f"{100000000000 + 7919 * account:012d}",
                "region": "us-east-1",
                "role-name": f"LexConversationLogs-bot-{bot:02d}",
                "cloudwatch-policy-name": f"LexConversationLogsCloudWatchLogsPolicy-bot-{bot:02d}",
                "s3-policy-name": f"LexConversationLogsS3Policy-bot-{bot:02d}",
                "log-group-name": f"/lex/support-bot-{row:06d}",
                "bucket-name": f"support-bot-audio-logs-{row:06d}",
            }
            file.write(json.dumps(target) + "\n")


def files(tree):
    """The files of a folder and of those in it, sorted."""
    return sorted(path for path in tree.rglob("*") if path.is_file())


def zips(tree):
    """The bundles in a folder by name."""
    return {path.stem: path for path in tree.rglob("*.zip")}


def write_list(tree, path):
    """Writes the size and the place of every file, as bound.rs reads them; gives how many and their bytes."""
    count = total = 0
    with open(path, "w", encoding="utf-8") as out:
        for file in files(tree):
            size = file.stat().st_size
            out.write(f"{size} {file.relative_to(tree)}\n")
            count += 1
            total += size
    return count, total


def write_checksums(tree, path):
    """Writes what `sha256sum -c` reads of every file in a folder, with places below it."""
    with open(path, "w", encoding="utf-8") as out:
        for file in files(tree):
            out.write(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(tree)}\n")


def compare_zips(ours, theirs):
    """How many bundles of a peer there are, and for each name of a file in how many of them it is ours to the byte."""
    known = zips(ours)
    made = zips(theirs)
    equal, names = Counter(), set()
    for name, path in made.items():
        with zipfile.ZipFile(path) as peer, zipfile.ZipFile(known[name]) as own:
            listed = {info.filename for info in peer.infolist()}
            for info in own.infolist():
                file = info.filename.split("/", 1)[1]
                names.add(file)
                equal[file] += info.filename in listed and peer.read(info.filename) == own.read(info)
            for extra in listed - set(own.namelist()):
                names.add(extra)
    return len(made), {name: equal[name] for name in sorted(names)}
