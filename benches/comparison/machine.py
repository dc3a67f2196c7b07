"""The machine and the versions of what was measured: neither names nor paths."""

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path


def first_line(*command):
    """What a program says first, or that it is not there."""
    if shutil.which(command[0]) is None:
        return f"{command[0]}: not there"
    done = subprocess.run(command, capture_output=True, text=True)
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[0] if lines else ""


def file_system(folder):
    """The kind of file system that a folder is on."""
    found = ("", "unknown")
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, *_ = line.split()
        inside = Path(place) in (folder, *folder.parents)
        if inside and len(place) >= len(found[0]):
            found = (place, kind)
    return found[1]


def describe(folder, program, packages):
    """Pairs of what and which."""
    cpu = Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*:\s*(.*)$", cpu, re.MULTILINE)
    flags = re.search(r"^flags\s*:\s*(.*)$", cpu, re.MULTILINE)
    has_sha = "sha_ni" in flags[1].split() if flags else False
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1])
    # Without what a builder appends to it.
    kernel = re.match(r"[\d.]+\d", platform.release())
    zip_version = subprocess.run(["zip", "-v"], capture_output=True, text=True).stdout
    zip_version = re.search(r"This is (Zip \S+)", zip_version)
    return [
        ("CPU", f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores"),
        ("SHA instructions", "yes" if has_sha else "no"),
        ("memory", f"{memory / 1024**2:.0f} GiB"),
        ("kernel", f"{platform.system()} {kernel[0] if kernel else platform.release()}"),
        ("file system", file_system(folder)),
        ("lexlogs", first_line(str(program), "--version")),
        ("compiler", first_line("rustc", "--version")),
        ("Python", f"{platform.python_version()} with {', '.join(packages)}"),
        ("others", f"{first_line('sha256sum', '--version')}; {zip_version[1] if zip_version else 'no zip'}"),
    ]
