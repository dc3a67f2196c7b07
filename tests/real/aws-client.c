/* aws: hands a call over to tests/real/aws_server.py, which listens at the socket beside this program, and behaves like what
 * that answers: same bytes on stdout and stderr, same exit code, or the same end by a signal.
 *
 * Whatever goes wrong here ends with 253, never 0: a test must not take a broken server for a success.
 *
 * Request: arguments, folder, variables, each a length and NUL-terminated texts. Reply: exit code (1000 and more: a signal),
 * the lengths of stdout and stderr, and those. */
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

extern char **environ;

static void fail(const char *what) {
    fprintf(stderr, "aws-client: %s: %s\n", what, strerror(errno));
    exit(253);
}

static void all(ssize_t (*f)(int, void *, size_t), int fd, void *data, size_t left) {
    for (char *at = data; left > 0;) {
        ssize_t done = f(fd, at, left);
        if (done <= 0) fail("the connection");
        at += done;
        left -= (size_t)done;
    }
}

static ssize_t put(int fd, void *data, size_t size) { return write(fd, data, size); }

static void texts(int fd, char **list) {
    uint32_t length = 0;
    for (char **text = list; *text; text++) length += (uint32_t)strlen(*text) + 1;
    all(put, fd, &length, sizeof length);
    for (char **text = list; *text; text++) all(put, fd, *text, strlen(*text) + 1);
}

static void copy(int from, int to, uint32_t length) {
    char *data = malloc(length + 1);
    if (!data) fail("memory");
    all(read, from, data, length);
    all(put, to, data, length);
    free(data);
}

int main(int argc, char **argv) {
    (void)argc;
    char self[PATH_MAX] = {0}, cwd[PATH_MAX];
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0 || !getcwd(cwd, sizeof cwd)) fail("this program's folder");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", dirname(self));
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (length < 0 || (size_t)length >= sizeof address.sun_path || fd < 0) fail("the socket");
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail(address.sun_path);
    texts(fd, argv + 1);
    texts(fd, (char *[]){cwd, NULL});
    texts(fd, environ);
    int32_t code;
    uint32_t lengths[2];
    all(read, fd, &code, sizeof code);
    all(read, fd, lengths, sizeof lengths);
    copy(fd, 1, lengths[0]);
    copy(fd, 2, lengths[1]);
    if (code >= 1000) {
        raise(code - 1000);
        return 253;
    }
    return code;
}
