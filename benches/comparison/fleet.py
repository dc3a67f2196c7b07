"""The measurements: what is run beside what, and what is said of it."""

import dataclasses
import hashlib
import itertools
import json
import re
import shutil

import trees
from measure import Subject, interleaved, run
from table import Line, at_least, at_most, figure

#: How many rows each peer is measured on, at most: their rate does not depend on it, which is checked.
PEER_ROWS = {"Jinja2 and zipfile": 1000, "cookiecutter": 60, "copier": 40}
KINDS = {"Jinja2 and zipfile": "jinja2", "cookiecutter": "cookiecutter", "copier": "copier"}
#: The goal of each, as a ratio.
PEER_GOALS = {"Jinja2 and zipfile": 6, "cookiecutter": 300, "copier": None}


class Measurements:
    """Runs them in a folder. `tools` are the paths of the programs, `size` the numbers of rows and rounds."""

    def __init__(self, tools, size, folder, say):
        self.tools, self.size, self.folder, self.say = tools, size, folder, say
        #: A fleet of `size.rows`, which the others are held against.
        self.tree = folder / "fleet"
        self.targets = folder / "targets.jsonl"
        #: The rate of lexlogs, in bundles a second.
        self.rate = 0.0

    # What can be run.

    def targets_of(self, rows):
        """The file of so many rows."""
        path = self.folder / f"targets-{rows}.jsonl"
        if not path.exists():
            trees.write_targets(path, rows)
        return path

    def into(self, name, command, keep=False):
        """Runs a command that fills a folder, which is removed then."""
        out = self.folder / name
        remove(out)
        usage = run([*command(out)], self.folder)
        if not keep:
            remove(out)
        return usage

    def lexlogs(self, rows, jobs, name="new", keep=False, program=None):
        """`lexlogs fleet`."""
        program, targets = program or self.tools.lexlogs, self.targets_of(rows)
        options = ["--jobs", jobs, "--quiet"]
        return self.into(name, lambda out: [program, "fleet", targets, "-o", out, *options], keep)

    def bound(self, digests, *options):
        """What only hashes and writes."""
        program = [self.tools.bound, self.folder / "list", self.folder / "content"]
        numbers = ["--jobs", self.size.jobs, "--digests", digests]
        return self.into("new", lambda out: [*program, out, *numbers, *options])

    def peer(self, name, rows, out="new", keep=False):
        """One of the peers; the time is the one that it says."""
        script = self.tools.comparison / "peers.py"
        command = [self.tools.python, "-B", script, KINDS[name], self.folder / "peers", self.folder / "contexts"]
        usage = self.into(out, lambda out: [*command, out, 0, rows], keep)
        return dataclasses.replace(usage, seconds=json.loads(usage.output)["seconds"])

    # What is measured by it.

    def cold(self):
        """One bundle by a cold process."""
        command = [self.tools.cold_process, "--rounds", self.size.cold_rounds, "--program", self.tools.lexlogs]
        output = run(command, self.folder).output
        times = {name.strip(): float(ms) for name, ms in re.findall(r"^(\S.*?) +([\d.]+) ms", output, re.MULTILINE)}
        empty, bundle = times["an empty Rust process"], times["lexlogs bundle"]
        packed = times["zip -X -0, files rendered already"]
        verify, checked = times["lexlogs verify"], times["sha256sum -c"]
        return [
            *(figure(f"{name}, median", ms, " ms") for name, ms in times.items()),
            at_most("lexlogs bundle to an empty Rust process", bundle / empty, 3.5),
            at_most("lexlogs bundle to zip -X, which renders nothing", bundle / packed, 1.2),
            at_most("lexlogs verify to sha256sum -c", verify / checked, 2),
            at_most("size of the program", self.tools.lexlogs.stat().st_size / 1e6, 3.5, " MB"),
        ]

    def same_bytes(self):
        """Makes the fleet that the others are held against, and another one by one thread."""
        self.lexlogs(self.size.rows, self.size.jobs, "fleet", keep=True)
        self.lexlogs(self.size.rows, 1, "new", keep=True)
        sums = [self.folder / name for name in ("sums", "sums-1")]
        for tree, path in zip((self.tree, self.folder / "new"), sums, strict=True):
            trees.write_checksums(tree, path)
        remove(self.folder / "new")
        same = sums[0].read_bytes() == sums[1].read_bytes()
        zips = trees.zips(self.tree)
        if len(zips) != self.size.rows:
            raise SystemExit(f"compare: lexlogs fleet made {len(zips)} bundles of {self.size.rows} rows")
        _, size = trees.write_list(self.tree, self.folder / "list")
        shutil.copyfile(max(zips.values(), key=lambda path: path.stat().st_size), self.folder / "content")
        return [
            Line("bundles", f"{len(zips):,}"),
            figure("size of a bundle", size / len(zips) / 1000, " kB"),
            Line(
                f"all files of --jobs 1 and --jobs {self.size.jobs}",
                "the same bytes" if same else "differ",
                "the same",
                same,
            ),
        ]

    def speed(self):
        """A fleet beside its bound and its peers."""
        size = self.size
        jobs = f"{size.jobs} threads" if size.jobs > 1 else "1 thread"
        fleet = Subject(f"lexlogs fleet, {jobs}", lambda: self.lexlogs(size.rows, size.jobs))
        single = Subject("lexlogs fleet, 1 thread", lambda: self.lexlogs(size.rows, 1))
        once = Subject("bound: each byte hashed once", lambda: self.bound(1))
        twice = Subject("bound: hashed as file and as zip", lambda: self.bound(2))
        in_place = Subject("bound: hashed once, without rename", lambda: self.bound(1, "--in-place"))
        ours = [fleet, single, once, twice, in_place]
        before = Subject("the earlier lexlogs fleet", lambda: self.lexlogs(size.rows, size.jobs, program=self.tools.before))
        if self.tools.before:
            ours.append(before)
        peers, fewer = {}, {}
        for name, most in PEER_ROWS.items():
            rows = min(most, size.peer_rows)
            few = max(rows // 4, 1)
            peers[name] = (rows, Subject(f"{name}, {rows} rows", lambda n=name, r=rows: self.peer(n, r)))
            fewer[name] = (few, Subject(f"{name}, {few} rows", lambda n=name, r=few: self.peer(n, r)))
        measured = [subject for _, subject in itertools.chain(peers.values(), fewer.values())]
        interleaved(size.rounds, ours + measured, self.say)

        def rate(subject, rows):
            return rows / subject.seconds

        self.rate = rate(fleet, size.rows)
        lines = [figure(subject.name, rate(subject, size.rows), " /s") for subject in ours]
        for name, (rows, subject) in peers.items():
            few, other = fewer[name]
            lines.append(figure(subject.name, rate(subject, rows), " /s"))
            constant = rate(subject, rows) / rate(other, few)
            lines.append(figure(f"{name}: rate of {rows} rows to that of {few}", constant, " ×"))
        for name, (rows, subject) in peers.items():
            ratio, goal = self.rate / rate(subject, rows), PEER_GOALS[name]
            what = f"lexlogs fleet to {name}"
            lines.append(figure(what, ratio, " ×") if goal is None else at_least(what, ratio, goal))
        lines.append(figure("lexlogs fleet to the bound", self.rate / rate(once, size.rows), " ×"))
        lines.append(figure("lexlogs fleet to the bound that hashes twice", self.rate / rate(twice, size.rows), " ×"))
        lines.append(figure("lexlogs fleet to the bound without rename", self.rate / rate(in_place, size.rows), " ×"))
        if self.tools.before:
            lines.append(at_most("processor time to that of the earlier lexlogs", fleet.cpu / before.cpu, 0.45))
        by_cpu = once.cpu / fleet.cpu
        lines.append(figure("lexlogs fleet to the bound, by processor time", by_cpu, " ×"))
        if size.jobs > 1:
            lines.append(at_least(f"{jobs} to one", single.seconds / fleet.seconds, 0.85 * size.jobs))
        return lines

    def growth(self):
        """Time and memory from few rows to many."""
        few, many, jobs = self.size.few, self.size.many, self.size.jobs
        small = Subject(f"{few:,} rows", lambda: self.lexlogs(few, jobs))
        interleaved(self.size.rounds, [small], self.say)
        large = Subject(f"{many:,} rows, one run", lambda: self.lexlogs(many, jobs))
        interleaved(1, [large], self.say)
        lines = []
        for subject, rows in ((small, few), (large, many)):
            lines += [
                figure(f"{subject.name}: peak memory", subject.peak, " MiB"),
                figure(f"{subject.name}: processor time a bundle", subject.cpu / rows * 1e6, " µs"),
                figure(f"{subject.name}: time a bundle", subject.seconds / rows * 1e6, " µs"),
            ]
        cpu = large.cpu / many / (small.cpu / few)
        wall = large.seconds / many / (small.seconds / few)
        return [
            *lines,
            at_most("time of 100,000 rows", large.seconds / many * 100_000, 45, " s"),
            at_most("peak memory", max(small.peak, large.peak), 128, " MiB"),
            at_most("processor time a bundle, many to few", cpu, 1.1),
            figure("time a bundle, many to few", wall, " ×"),
        ]

    def verify(self):
        """The fleet's folder verified, beside its digests."""
        index = self.tree / "fleet.json"
        digest = hashlib.sha256(index.read_bytes()).hexdigest()
        command = [self.tools.lexlogs, "verify", self.tree]
        verify = Subject("lexlogs verify FOLDER", lambda: run(command, self.folder))
        read = Subject("lexlogs verify FOLDER --sha256", lambda: run([*command, "--sha256", digest], self.folder))
        sums = self.folder / "sums"
        check = Subject(
            "sha256sum -c", lambda: run(["sha256sum", "--quiet", "-c", sums], self.folder, cwd=self.tree)
        )
        # Once before, so that what both read is in memory.
        interleaved(1, [check], self.say)
        check.runs.clear()
        interleaved(self.size.rounds, [verify, read, check], self.say)
        rows = self.size.rows
        return [
            *(figure(subject.name, rows / subject.seconds, " /s") for subject in (verify, read, check)),
            at_least("lexlogs verify, which renders each anew, to sha256sum -c", check.seconds / verify.seconds, 0.7),
            at_least("lexlogs verify --sha256 to sha256sum -c", check.seconds / read.seconds, 0.7),
            figure("peak memory of verify", verify.peak, " MiB"),
        ]

    def equality(self):
        """Whether the peers make the same files; gives lines, and the names of what differs."""
        lines, differing = [], {}
        for name, most in PEER_ROWS.items():
            out = self.folder / "peer"
            rows = min(most, self.size.peer_rows)
            self.peer(name, rows, "peer", keep=True)
            made, equal = trees.compare_zips(self.tree, out)
            remove(out)
            if made != rows:
                raise SystemExit(f"compare: {name} made {made} bundles of {rows} rows")
            same = [file for file, count in equal.items() if count == made]
            differing[name] = [file for file in equal if file not in same]
            what = f"{name}: files that are lexlogs' to the byte in all of {made} bundles"
            lines.append(Line(what, f"{len(same)} of {len(equal)}", "all", not differing[name]))
        return lines, differing


def remove(folder):
    """Removes a folder, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)
