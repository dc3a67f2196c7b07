"""Running programs and reading the clock: times, processor time and peak memory, each of the program alone."""

import os
import resource
import statistics
import subprocess
import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Usage:
    """What one run took."""

    #: Wall-clock time, in seconds.
    seconds: float
    #: User and system time of all threads, in seconds.
    cpu: float
    #: The most memory that was resident, in KiB (VmHWM).
    peak: int
    #: What it printed.
    output: str


def run(command, folder, check=True, cwd=None):
    """Runs a command to its end; `folder` is where its peak memory is noted.

    By way of time(1): what `wait4` says of a child's memory begins with that of the process which started it, and a
    Python has more than what is measured here.
    """
    note = folder / "peak"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        ["/usr/bin/time", "--quiet", "-f", "%M", "-o", str(note), "--", *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if check and done.returncode != 0:
        words = " ".join(map(str, command))
        raise SystemExit(f"compare: `{words}` ended with exit code {done.returncode}:\n{done.stderr.strip()[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Usage(seconds, cpu, int(note.read_text().split()[-1]), done.stdout)


@dataclass
class Subject:
    """What is measured, and its runs so far."""

    name: str
    #: Does it once, and gives the Usage.
    once: object
    runs: list = field(default_factory=list)

    @property
    def seconds(self):
        """The median wall-clock time."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def cpu(self):
        """The median processor time."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self):
        """The largest peak, in MiB."""
        return max(run.peak for run in self.runs) / 1024


def interleaved(rounds, subjects, say):
    """Runs all of them in turn, so that the ratios hold whatever else the machine does."""
    for number in range(1, rounds + 1):
        for subject in subjects:
            # What the one before left to be written must not slow this one down.
            os.sync()
            subject.runs.append(subject.once())
            say(f"round {number} of {rounds}: {subject.name}: {subject.runs[-1].seconds:.2f} s")
    return subjects
