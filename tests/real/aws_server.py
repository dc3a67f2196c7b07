"""The AWS CLI of this Python, its modules and its models of the services read once: each call is answered by a fork, which
is several times quicker than a process of its own. `aws` itself is tests/real/aws-client.c, which tells the socket that
this listens at who calls, how and where.

Usage: aws_server.py FOLDER. The folder holds:
  socket    what this listens at
  calls     the arguments of every call, a line of JSON each; empty it to count anew
  mishap    if it is there, what happens to one call: its number, then
            `before` or `after` (killed, before it is done or when it is), or `refused` (nobody answers), or `full` (the disk
            under the caller's receipt.txt is full from then on, until that is taken away; it is receipt.kept), or `prefix` (the messages
            look like those of AWS CLI 2.34 and later)
"""

import fcntl
import gc
import importlib
import io
import json
import os
import signal
import socket
import struct
import sys
import time
import traceback

FOLDER = sys.argv[1]
sys.argv = ["aws"]

import awscli.clidriver  # noqa: E402

try:
    import awscli.botocore  # noqa: F401

    BOTOCORE = "awscli.botocore"
except ImportError:
    BOTOCORE = "botocore"
IS_V2 = BOTOCORE != "botocore"


def remember(owner, name):
    """Keeps what a function of the loaders gave for the same arguments."""
    function, given = getattr(owner, name), {}

    def remembering(self, *arguments, **named):
        key = (arguments, tuple(sorted(named.items())))
        if key not in given:
            given[key] = function(self, *arguments, **named)
        return given[key]

    setattr(owner, name, remembering)


def run(arguments):
    try:
        return awscli.clidriver.create_clidriver().main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def prepare():
    loaders = importlib.import_module(BOTOCORE + ".loaders")
    for name in ["load_file", "exists"]:
        remember(loaders.JSONFileLoader, name)
    for name in ["list_available_services", "determine_latest_version"]:
        remember(loaders.Loader, name)
    if IS_V2:
        # It starts a thread, which no fork would have.
        logging, awscli.clidriver.disable_crt_logging = awscli.clidriver.disable_crt_logging, lambda: None
    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    # Ends at the missing operation, after all that comes before was read.
    for service in ["iam", "sts", "logs", "s3api", "kms", "lexv2-models", "lex-models", "cloudwatch"]:
        run([service])
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    if IS_V2:
        awscli.clidriver.disable_crt_logging = logging
    for module in ["client", "endpoint", "httpsession", "auth", "parsers", "paginate", "waiter", "credentials"]:
        importlib.import_module(f"{BOTOCORE}.{module}")
    gc.collect()
    gc.freeze()


def mishap(number):
    try:
        with open(FOLDER + "/mishap") as file:
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


def answer(connection):
    arguments, (cwd,), environment = receive(connection)
    with open(FOLDER + "/calls", "a+") as calls:
        calls.write(json.dumps(arguments) + "\n")
        calls.flush()
        calls.seek(0)
        # Those that send nothing are not counted.
        number = sum(1 for line in calls if not line.startswith(('["configure"', '["--version"')))
    kind = None if arguments[0] in ("configure", "--version") else mishap(number)
    killed = struct.pack("<i", 1000 + signal.SIGKILL)
    if kind == "before":
        connection.sendall(killed + struct.pack("<II", 0, 0))
        return
    os.chdir(cwd)
    if kind == "full":
        fill("receipt.txt", "receipt.kept")
    # Where this AWS CLI has put the way to its own files.
    environment.append("AWS_DATA_PATH=" + os.environ.get("AWS_DATA_PATH", ""))
    os.environ.clear()
    os.environ.update(variable.split("=", 1) for variable in environment if "=" in variable)
    time.tzset()
    if kind == "refused":
        os.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1"
    if IS_V2:
        # 2.9.19 does not know the variable and would ask AWS itself.
        arguments = ["--endpoint-url", os.environ["AWS_ENDPOINT_URL"], *arguments]
    streams = [os.memfd_create("stdout"), os.memfd_create("stderr")]
    for number, stream in enumerate(streams, 1):
        os.dup2(stream, number)
    code = run(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    texts = []
    for stream in streams:
        os.lseek(stream, 0, os.SEEK_SET)
        with open(stream, "rb") as file:
            texts.append(file.read())
    if kind == "prefix" and code:
        texts[1] = texts[1].replace(b"\nAn error", b"\naws: [ERROR]: An error")
    if kind == "after":
        connection.sendall(killed + struct.pack("<II", 0, 0))
        return
    connection.sendall(struct.pack("<iII", code, *map(len, texts)) + texts[0] + texts[1])
    if kind == "full":
        connection.close()
        while os.path.islink("receipt.txt"):
            time.sleep(0.02)


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


def main():
    prepare()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(FOLDER + "/socket")
    listener.listen(64)
    print("ready", flush=True)
    log = os.fdopen(os.dup(2), "w")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listener.close()
            try:
                answer(connection)
            except BaseException:  # noqa: B036
                traceback.print_exc(file=log)
                log.flush()
            finally:
                os._exit(0)
        connection.close()


main()
