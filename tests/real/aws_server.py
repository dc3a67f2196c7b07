"""The AWS CLI of this Python, its modules and its models of the services read once. Each folder has a process that answers its
calls one after the other, each with a session of its own: ten times quicker than a process for each call. `aws` itself is
tests/real/aws-client.c, which tells the socket that this listens at who calls, how and where.

Usage: aws_server.py. Each line of the standard input is a folder to serve; the answer is `ready`. At the end of the input,
the server removes the folders and exits. A folder contains:
  socket    what this listens at
  calls     the arguments of every call, a line of JSON each; empty it to count anew
  mishap    if it is there, what happens to one call: its number, then
            `before` or `after` (killed, before it is done or when it is), or `refused` (nobody answers), or `full` (the disk
            under the caller's receipt.txt is full from then on, until that is taken away; it is receipt.kept), or `prefix` (the messages
            look like those of AWS CLI 2.34 and later)
"""

import fcntl
import gc
import io
import json
import os
import shutil
import signal
import socket
import struct
import sys
import time
import traceback

sys.argv = ["aws"]

import awscli.clidriver  # noqa: E402

# Version 2 contains its own botocore, but imports it under this name. `awscli.botocore` is a second copy that nothing uses.
import botocore.client  # noqa: E402
import botocore.hooks  # noqa: E402
import botocore.loaders  # noqa: E402

SKELETON = "--generate-cli-skeleton"
IS_V2 = not awscli.__version__.startswith("1.")

DATA_PATH = os.environ.get("AWS_DATA_PATH", "")


def remember(owner, name, count=None):
    """Keeps what a method gave for the same arguments, or the same first ones, whoever it is called on."""
    function, given = getattr(owner, name), {}

    def remembering(self, *arguments, **named):
        key = (arguments[:count], tuple(sorted(named.items())))
        if key not in given:
            given[key] = function(self, *arguments, **named)
        return given[key]

    setattr(owner, name, remembering)


# One call for each service that the scripts use. No server answers it, but the models of the service are loaded.
CALLS = {
    "iam": "get-role --role-name a",
    "sts": "get-caller-identity",
    "logs": "describe-log-groups",
    "s3api": "get-bucket-location --bucket abc",
    "kms": "list-keys",
    "lexv2-models": "list-bots",
    "lex-models": "get-bots",
    "cloudwatch": "list-metrics",
}


def run(arguments):
    try:
        return awscli.clidriver.create_clidriver().main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def prepare():
    for name in ["load_file", "exists"]:
        remember(botocore.loaders.JSONFileLoader, name)
    for name in ["list_available_services", "determine_latest_version"]:
        remember(botocore.loaders.Loader, name)
    # The class of a service's client belongs to no session.
    remember(botocore.client.ClientCreator, "_create_client_class", 1)
    if not IS_V2:
        remember(botocore.hooks.EventAliaser, "_alias_event_name")
    # Called for each of some 400 event handlers; the code of one tells, whatever session it belongs to.
    inspect, known = botocore.hooks.accepts_kwargs, {}

    def accepts_kwargs(function):
        function = getattr(function, "func", function)
        code = getattr(function, "__code__", None) or getattr(type(function).__call__, "__code__", None)
        if code is None:
            return inspect(function)
        if code not in known:
            known[code] = inspect(function)
        return known[code]

    botocore.hooks.accepts_kwargs = accepts_kwargs
    # A client copies all of them.
    botocore.hooks.NodeList.__copy__ = lambda nodes: botocore.hooks.NodeList(*(list(part) for part in nodes))
    if IS_V2:
        # It starts a thread, which a fork would wait for in vain.
        awscli.clidriver.disable_crt_logging = lambda: None
    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    before = dict(os.environ)
    os.environ.update(
        AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="a", AWS_DEFAULT_REGION="us-east-1", AWS_MAX_ATTEMPTS="1", NO_PROXY="127.0.0.1"
    )
    for service, call in CALLS.items():
        run(["--endpoint-url", "http://127.0.0.1:1", service, *call.split()])
    os.environ.clear()
    os.environ.update(before)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    gc.collect()
    gc.freeze()
    # A call makes some 100,000 objects; looking for cycles after each 700 takes a fifth of its time.
    gc.set_threshold(100_000)


def mishap(folder, number):
    try:
        with open(folder + "/mishap") as file:
            at, kind = file.read().split()
    except FileNotFoundError:
        return None
    return kind if kind == "prefix" or int(at) == number else None


def receive(connection):
    def exactly(count):
        data = b""
        while len(data) < count:
            more = connection.recv(count - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    fields = []
    for _ in range(3):
        (length,) = struct.unpack("<I", exactly(4))
        fields.append([os.fsdecode(text) for text in exactly(length).split(b"\0")[:-1]])
    return fields


def answer(folder, connection):
    arguments, (cwd,), environment = receive(connection)
    with open(folder + "/calls", "a+") as calls:
        calls.write(json.dumps(arguments) + "\n")
        calls.flush()
        calls.seek(0)
        # Those that send nothing are not counted.
        number = sum(1 for line in calls if not line.startswith(('["configure"', '["--version"')) and SKELETON not in line)
    kind = None if arguments[0] in ("configure", "--version") or SKELETON in arguments else mishap(folder, number)
    killed = struct.pack("<iII", 1000 + signal.SIGKILL, 0, 0)
    if kind == "before":
        connection.sendall(killed)
        return
    os.chdir(cwd)
    if kind == "full":
        # The full disk lives as long as a process.
        if os.fork() != 0:
            return
        fill("receipt.txt", "receipt.kept")
    # Where this AWS CLI has put the way to its own files.
    environment.append("AWS_DATA_PATH=" + DATA_PATH)
    os.environ.clear()
    os.environ.update(variable.split("=", 1) for variable in environment if "=" in variable)
    time.tzset()
    if kind == "refused":
        os.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1"
    if IS_V2:
        # 2.9.19 does not know the variable and would ask AWS itself.
        arguments = ["--endpoint-url", os.environ["AWS_ENDPOINT_URL"], *arguments]
    for stream in 1, 2:
        file = os.memfd_create("stream")
        os.dup2(file, stream)
        os.close(file)
    code = run(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    texts = []
    for stream in 1, 2:
        os.lseek(stream, 0, os.SEEK_SET)
        with open(stream, "rb", closefd=False) as file:
            texts.append(file.read())
    if kind == "prefix" and code:
        texts[1] = texts[1].replace(b"\nAn error", b"\naws: [ERROR]: An error")
    if kind == "after":
        connection.sendall(killed)
        return
    connection.sendall(struct.pack("<iII", code, *map(len, texts)) + texts[0] + texts[1])
    if kind == "full":
        connection.close()
        while os.path.islink("receipt.txt"):
            time.sleep(0.02)
        os._exit(0)


def fill(path, kept):
    """Puts a file in the place of another that reads the same and takes no more: it lives as long as this process."""
    text = b""
    if os.path.exists(path):
        with open(path, "rb") as file:
            text = file.read()
        os.rename(path, kept)
    file = os.memfd_create("full", os.MFD_ALLOW_SEALING)
    os.write(file, text)
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_WRITE)
    os.symlink(f"/proc/{os.getpid()}/fd/{file}", path)


def serve(folder, listener):
    # Standard input is the server's: the AWS CLI must not read it. Standard output is, too, until the first call.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.fdopen(os.dup(2), "w")
    while True:
        connection, _ = listener.accept()
        try:
            answer(folder, connection)
        except BaseException:  # noqa: B036
            traceback.print_exc(file=log)
            log.flush()
        connection.close()


def main():
    prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    folders = {}
    try:
        for line in sys.stdin:
            folder = line.rstrip("\n")
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(folder + "/socket")
            listener.listen(64)
            folders[folder] = os.fork()
            if folders[folder] == 0:
                serve(folder, listener)
            listener.close()
            print("ready", flush=True)
    finally:
        for folder, process in folders.items():
            os.kill(process, signal.SIGKILL)
            shutil.rmtree(folder, ignore_errors=True)


main()
