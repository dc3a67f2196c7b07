/* certutil.exe for the tests: Wine's own returns 0 and prints nothing.
 *
 * Does `certutil -hashfile FILE SHA256` and prints what Windows 10 and 11 print, or, with LEXLOGS_CERTUTIL=spaced, what
 * Windows 7 prints (the same bytes with blanks between them). Everything else is refused, so that a script which comes
 * to need more of certutil fails its test instead of passing by chance.
 */
#include <windows.h>
#include <bcrypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int _dowildcard = 0;

enum { DIGEST_BYTES = 32 };

/* Prints a failure the way certutil does and gives back what it exits with: the HRESULT. */
static int failed(DWORD error, const char *name, const char *text)
{
    HRESULT code = HRESULT_FROM_WIN32(error);
    printf("CertUtil: -hashfile command FAILED: 0x%08lx (WIN32: %lu %s)\n", (unsigned long)code, (unsigned long)error,
           name);
    printf("CertUtil: %s\n", text);
    return (int)code;
}

static void require(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "certutil stand-in: %s\n", what);
    exit(1);
}

static void sha256(HANDLE file, unsigned char digest[DIGEST_BYTES])
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_HASH_HANDLE hash;
    static unsigned char chunk[65536];
    DWORD count;

    require(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0) == 0, "no SHA-256");
    require(BCryptCreateHash(algorithm, &hash, NULL, 0, NULL, 0, 0) == 0, "no hash");
    do {
        require(ReadFile(file, chunk, sizeof chunk, &count, NULL), "cannot read the file");
        require(BCryptHashData(hash, chunk, count, 0) == 0, "cannot hash the file");
    } while (count > 0);
    require(BCryptFinishHash(hash, digest, DIGEST_BYTES, 0) == 0, "cannot finish the hash");
}

int wmain(int argc, wchar_t **argv)
{
    require(argc == 4 && _wcsicmp(argv[1], L"-hashfile") == 0 && _wcsicmp(argv[3], L"SHA256") == 0,
            "only `-hashfile FILE SHA256` is known");

    HANDLE file = CreateFileW(argv[2], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return GetLastError() == ERROR_PATH_NOT_FOUND
                   ? failed(ERROR_PATH_NOT_FOUND, "ERROR_PATH_NOT_FOUND", "The system cannot find the path specified.")
                   : failed(ERROR_FILE_NOT_FOUND, "ERROR_FILE_NOT_FOUND", "The system cannot find the file specified.");

    LARGE_INTEGER size;
    require(GetFileSizeEx(file, &size), "no file size");
    if (size.QuadPart == 0) /* the real one maps the file, and an empty file cannot be mapped */
        return failed(ERROR_FILE_INVALID, "ERROR_FILE_INVALID",
                      "The volume for a file has been externally altered so that the opened file is no longer valid.");

    unsigned char digest[DIGEST_BYTES];
    sha256(file, digest);

    const char *form = getenv("LEXLOGS_CERTUTIL");
    int spaced = form != NULL && strcmp(form, "spaced") == 0;
    wprintf(spaced ? L"SHA256 hash of file %ls:\n" : L"SHA256 hash of %ls:\n", argv[2]);
    for (int i = 0; i < DIGEST_BYTES; i++)
        printf(spaced && i > 0 ? " %02x" : "%02x", digest[i]);
    printf("\nCertUtil: -hashfile command completed successfully.\n");
    return 0;
}
