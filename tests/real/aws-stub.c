/* aws.exe: what `aws` is to a generated .cmd script under Wine.
 *
 * It sends its arguments, its folder and its variables AWS_* and TZ over loopback to the test process (tests/suite/bridge.rs),
 * which decides what answers, and then behaves like that answer: same bytes on stdout and stderr, same exit code.
 * A Unix program cannot be called directly: Wine loses either its exit code or its output.
 *
 * Whatever goes wrong here ends with 253, never 0: a test must not take a broken bridge for a success.
 *
 * Request: "LXB1", then arguments, folder, variables. Reply: "LXB1", exit code, stdout, stderr.
 * A field is a 32-bit length and that many bytes; the exit code is 32 bits; all numbers are little-endian.
 * Arguments and variables are UTF-8, each ended by a NUL, so that "no argument" and "an empty argument" differ.
 */
#include <winsock2.h>
#include <windows.h>
#include <fcntl.h>
#include <io.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* The C runtime would otherwise expand * and ? in the arguments. */
int _dowildcard = 0;

static const char protocol[4] = {'L', 'X', 'B', '1'};

static void die(const char *what)
{
    fprintf(stderr, "aws stand-in: %s\n", what);
    exit(253);
}

typedef struct {
    char *bytes;
    size_t length;
} Buffer;

static void append(Buffer *buffer, const void *bytes, size_t length)
{
    buffer->bytes = realloc(buffer->bytes, buffer->length + length);
    if (buffer->bytes == NULL)
        die("out of memory");
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

/* Appends the text as UTF-8 with its final NUL. */
static void append_text(Buffer *buffer, const wchar_t *text)
{
    int length = WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, text, -1, NULL, 0, NULL, NULL);
    char *utf8 = length > 0 ? malloc(length) : NULL;
    if (utf8 == NULL || WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, text, -1, utf8, length, NULL, NULL) != length)
        die("a text is not valid Unicode");
    append(buffer, utf8, length);
    free(utf8);
}

static void append_field(Buffer *message, const Buffer *field)
{
    uint32_t length = (uint32_t)field->length;
    append(message, &length, sizeof length);
    if (field->length > 0)
        append(message, field->bytes, field->length);
}

static void send_all(SOCKET bridge, const Buffer *message)
{
    size_t sent = 0;
    while (sent < message->length) {
        int count = send(bridge, message->bytes + sent, (int)(message->length - sent), 0);
        if (count <= 0)
            die("the bridge does not take the call");
        sent += count;
    }
}

static void receive(SOCKET bridge, void *bytes, size_t length)
{
    size_t received = 0;
    while (received < length) {
        int count = recv(bridge, (char *)bytes + received, (int)(length - received), 0);
        if (count <= 0)
            die("the bridge's reply is cut short");
        received += count;
    }
}

static Buffer receive_field(SOCKET bridge)
{
    uint32_t length;
    receive(bridge, &length, sizeof length);
    Buffer field = {malloc((size_t)length + 1), length};
    if (field.bytes == NULL)
        die("out of memory");
    receive(bridge, field.bytes, length);
    return field;
}

/* Binary, or the C runtime would turn each LF into CRLF. */
static void write_all(FILE *stream, const Buffer *field)
{
    _setmode(_fileno(stream), _O_BINARY);
    if (fwrite(field->bytes, 1, field->length, stream) != field->length || fflush(stream) != 0)
        die("cannot write the output");
}

static SOCKET connect_to_bridge(void)
{
    const char *port = getenv("LEXLOGS_BRIDGE_PORT");
    if (port == NULL)
        die("LEXLOGS_BRIDGE_PORT is not set");
    WSADATA data;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        die("no Winsock");
    SOCKET bridge = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    struct sockaddr_in address = {0};
    address.sin_family = AF_INET;
    address.sin_port = htons((u_short)atoi(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bridge == INVALID_SOCKET || connect(bridge, (struct sockaddr *)&address, sizeof address) != 0)
        die("no bridge listens at LEXLOGS_BRIDGE_PORT");
    return bridge;
}

int wmain(int argc, wchar_t **argv)
{
    Buffer arguments = {0}, folder = {0}, variables = {0}, request = {0};

    for (int i = 1; i < argc; i++)
        append_text(&arguments, argv[i]);

    wchar_t *current = _wgetcwd(NULL, 0);
    if (current == NULL)
        die("no current folder");
    append_text(&folder, current);

    wchar_t *environment = GetEnvironmentStringsW();
    if (environment == NULL)
        die("no environment");
    for (const wchar_t *entry = environment; *entry != 0; entry += wcslen(entry) + 1)
        if (_wcsnicmp(entry, L"AWS_", 4) == 0 || _wcsnicmp(entry, L"TZ=", 3) == 0)
            append_text(&variables, entry);

    append(&request, protocol, sizeof protocol);
    append_field(&request, &arguments);
    append_field(&request, &folder);
    append_field(&request, &variables);

    SOCKET bridge = connect_to_bridge();
    send_all(bridge, &request);

    char version[sizeof protocol];
    receive(bridge, version, sizeof version);
    if (memcmp(version, protocol, sizeof protocol) != 0)
        die("the bridge speaks another protocol");
    int32_t code;
    receive(bridge, &code, sizeof code);
    Buffer out = receive_field(bridge);
    Buffer err = receive_field(bridge);
    /* Only a whole reply is shown: half an answer would look like an answer. */
    write_all(stdout, &out);
    write_all(stderr, &err);
    return code;
}
