"""Runs a program at a terminal of its own, and types.

Reads JSON from the standard input: {"argv": [...], "steps": [[AWAITED, TYPED], ...]}. Each text is typed when what is awaited
has been printed since the one before. Prints what the terminal showed, and exits as the program did; with 99 if it did not
print what was awaited, or did not end, within 20 seconds.
"""

import json
import os
import pty
import select
import signal
import sys
import time

asked = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(asked["argv"][0], asked["argv"])

shown = b""
# Only for a hang: a busy machine may need many seconds.
end = time.monotonic() + 120


def read():
    """Reads some more; whether there was any before the time was over."""
    global shown
    readable, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
    if not readable:
        return False
    try:
        piece = os.read(terminal, 65536)
    except OSError:  # Linux's way of saying that the other side is closed.
        return False
    shown += piece
    return bool(piece)


def finish(code):
    sys.stdout.buffer.write(shown)
    sys.stdout.flush()
    sys.exit(code)


seen = 0
for awaited, typed in asked["steps"]:
    while (at := shown.find(awaited.encode(), seen)) < 0:
        if not read():
            os.kill(pid, signal.SIGKILL)
            print(f"\nnever printed: {awaited!r}", file=sys.stderr)
            finish(99)
    seen = at + len(awaited.encode())
    # What asks a question may still be about to read the answer.
    time.sleep(0.1)
    os.write(terminal, typed.encode())
while read():
    pass
if time.monotonic() >= end:
    os.kill(pid, signal.SIGKILL)
    finish(99)
finish(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) % 256)
