# functions.sh - what the scripts of a bundle share. It names no account and is the same in all bundles of a version
# of lexlogs. It is read by those scripts; by itself it does nothing.
# shellcheck shell=sh disable=SC2034,SC2154,SC3041

# zsh splits words in its own way unless it is told to be a plain shell.
if [ -n "${ZSH_VERSION:-}" ]; then emulate -R sh; fi
# Options that the environment may have set (sh -C, SHELLOPTS) must not change what these lines mean; -k is bash's.
case $- in *k*) set +k ;; esac
set -u +C +a +e +f

# --- Ends -------------------------------------------------------------------

# Stops before any change.
refuse() {
    printf '%s: %s\nNothing was changed.\n' "$script" "$1" >&2
    exit 2
}

# Stops where something failed.
stop() {
    {
        if [ -z "$phase" ]; then
            printf '\n%s: looking at %s failed: %s.\nNothing was changed. Running this again is safe.\n' "$script" "$title" "$1"
        else
            printf '\n%s %s of %s failed: %s (%s).\n' "$phase" "$number" "$steps" "$title" "$1"
            printf 'Done before:\n%s' "$so_far"
            printf 'Running this again is safe: it goes on where it stopped.\n'
        fi
    } >&2
    exit 3
}

# Stops where somebody interrupts.
interrupted() {
    printf '\n%s: interrupted. Running this again is safe: it goes on where it stopped.\n' "$script" >&3
    exit "$1"
}

# --- Options and documents --------------------------------------------------

# Reads the options; those that stand alone, besides --dry-run and --help, are named in $switches.
options() {
    dry_run=no update=no skip_checksums=no yes=no without_receipt=no without_saved=no profile='' region=''
    while [ $# -gt 0 ]; do
        case $1 in
        --help) usage; exit 0 ;;
        --profile | --region)
            if [ -z "${2:-}" ]; then usage >&2; refuse "$1 needs a name."; fi
            if [ "$1" = --profile ]; then profile=$2; else region=$2; fi
            shift
            ;;
        --dry-run) dry_run=yes ;;
        *)
            case " $switches " in *" $1 "*) known=$1 ;; *) known= ;; esac
            case $known in
            --update) update=yes ;;
            --skip-checksums) skip_checksums=yes ;;
            --yes) yes=yes ;;
            --without-receipt) without_receipt=yes ;;
            --without-saved) without_saved=yes ;;
            *) usage >&2; refuse "there is no option \"$1\"." ;;
            esac
            ;;
        esac
        shift
    done
}

# Prints the SHA-256 of a file, or nothing if no tool computes it.
sha256() {
    sum=
    if command -v sha256sum >/dev/null 2>&1; then
        sum=$(sha256sum <"$1")
    elif command -v shasum >/dev/null 2>&1; then
        sum=$(shasum -a 256 <"$1")
    elif command -v openssl >/dev/null 2>&1; then
        sum=$(openssl dgst -sha256 -r <"$1")
    fi
    printf '%s\n' "${sum%% *}"
}

# A document must be beside this script, as it was made.
document() {
    if [ ! -f "$1" ]; then
        refuse "$1 is missing beside this script. Extract the whole zip, then run the script in its folder."
    fi
    if [ "$skip_checksums" = yes ]; then return; fi
    sum=$(sha256 "$1")
    if [ -z "$sum" ]; then
        refuse "the SHA-256 of $1 could not be computed. Compare the file with SHA256SUMS, then use --skip-checksums."
    fi
    if [ "$sum" != "$2" ]; then
        refuse "$1 was altered: its SHA-256 is not the one that it was made with. Ask for the bundle again."
    fi
}

# --- Calls of the AWS CLI ---------------------------------------------------

# Prints one word as it would be typed.
quoted() {
    case $1 in
    '' | *[!A-Za-z0-9_+.@:/-]*) ;;
    *) printf '%s' "$1"; return ;;
    esac
    case $1 in
    *[\"\$\`\\]* | *\![!=\ ]* | *\!) printf "'%s'" "$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '"%s"' "$1" ;;
    esac
}

# Prints a command as it would be typed, an option a line.
show() {
    text=
    for word in "$@"; do
        case $word in
        --*) text="$text \\
        " ;;
        *) text="$text${text:+ }" ;;
        esac
        text=$text$(quoted "$word")
    done
    printf '    %s\n' "$text"
}

# Prints a command, then runs it: $out is what it printed, $err what it said, $code its exit code.
call() {
    if [ -n "$profile" ]; then set -- "$@" --profile "$profile"; fi
    case " $* " in
    *' --region '*) ;;
    *) if [ -n "$region" ]; then set -- "$@" --region "$region"; fi ;;
    esac
    show "$@" || stop 'the command could not be printed, so it was not run'
    out='' err='' code=0
    if [ "$dry_run" = yes ]; then return; fi
    # What the shell itself says of a call that was killed is not the AWS CLI's.
    { out=$("$@" </dev/null 2>"$work/err") || code=$?; } 2>/dev/null
    # The AWS CLI of Windows ends its lines with CR LF, in other shells of Windows too.
    out=$(printf '%s\n' "$out" | tr -d '\r')
    err=$(cat "$work/err")
    if [ "$code" = 0 ] && [ -n "$err" ]; then printf '%s\n' "$err" >&2; fi
}

# Stops with what the last call said.
failed() {
    if [ -z "$err" ]; then stop "exit code $code of the AWS CLI, which said nothing"; fi
    printf '%s\n' "$err" >&2
    case $err in
    *'(BucketAlreadyExists)'* | *'(AccessDenied)'*GetBucketLocation* | *'(403)'*GetBucketLocation*)
        printf 'If the bucket belongs to another account, ask the requester for a bundle with another name: all accounts share them.\n' >&2
        ;;
    esac
    stop "exit code $code of the AWS CLI, whose words are above"
}

# Whether the last call failed because what it named is not there: nothing but these errors means that.
is_absent() {
    case $code-$err in
    0-*) return 1 ;;
    *'(NoSuchEntity)'* | *'(ResourceNotFoundException)'* | *'(NoSuchBucket)'*) return 0 ;;
    *) failed ;;
    esac
}

# Whether the last call failed because a bucket has none of what it asks for.
is_none() {
    case $code-$err in
    0-*) return 1 ;;
    *'(NoSuchPublicAccessBlockConfiguration)'* | *'(ServerSideEncryptionConfigurationNotFoundError)'* | *'(NoSuchTagSet)'*) return 0 ;;
    *) return 1 ;;
    esac
}

# Sets what all calls share, and makes sure that they go to the account $account.
sign_in() {
    # No pager, no prompt, one form of messages; the Region gives the partition.
    export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_ERROR_FORMAT=legacy AWS_DEFAULT_OUTPUT=json
    export AWS_REGION="$bundle_region" AWS_DEFAULT_REGION="$bundle_region"
    # Nothing is done unseen. (In zsh, printf does not fail where the output is closed.)
    { true >&1; } 2>/dev/null || refuse 'nothing can be printed to the standard output.'
    work=$(mktemp -d "${TMPDIR:-/tmp}/lexlogs.XXXXXX") || refuse 'no folder for temporary files can be made; set TMPDIR.'
    # The standard error may be turned away where an interruption comes.
    exec 3>&2
    trap 'code=$?; rm -rf "$work"; exit $code' EXIT
    trap 'interrupted 129' HUP
    trap 'interrupted 130' INT
    trap 'interrupted 143' TERM
    # So that printing into a pipe that nobody reads fails, and is seen to.
    trap '' PIPE
    printf 'Account %s, Region %s (AWS_REGION and AWS_DEFAULT_REGION are set to it): checking the credentials.\n' \
        "$account" "$bundle_region" || refuse 'nothing can be printed to the standard output.'
    if [ "$dry_run" = no ] && ! command -v aws >/dev/null 2>&1; then
        refuse 'the AWS CLI is not installed, or not on the PATH: there is no command aws.'
    fi
    call "$@"
    if [ "$dry_run" = yes ]; then return; fi
    if [ "$code" != 0 ]; then
        if [ -n "$err" ]; then printf '%s\n' "$err" >&2; fi
        refuse 'the AWS CLI has no working credentials; its own words are above. Sign in, or use --profile.'
    fi
    tab=$(printf '\t')
    found=${out%%"$tab"*} caller=${out##*"$tab"}
    if [ "$found" != "$account" ]; then
        refuse "the credentials belong to the account \"$found\"; this bundle is for the account $account."
    fi
}

# --- Looking at what is there -----------------------------------------------

# Begins to look at what step $1 makes; without the result of step $3 it cannot be there.
subject() {
    number=$1 title=$2 parent=$3 found=unknown noted='' version=VERSION
    printf '\nLooking at %s:\n' "$2" || stop 'it could not be printed'
    case $states in *" $3=absent "*) found=absent ;; esac
}

# Prints what the last call found to differ.
differs() {
    found=different
    differences="$differences $number-$aspect "
    printf '%s\n' "$out" | sed 's/^/  different: /'
}

# Looks at one aspect of it, and prints what differs.
look() {
    aspect=$1
    shift
    if [ "$dry_run" = no ]; then
        case $aspect-$found in
        name-absent) ;;
        name-* | *-absent) return ;;
        esac
    fi
    call "$@"
    if [ "$dry_run" = yes ]; then return; fi
    if is_none; then
        out=none
    elif is_absent; then
        found=absent
        return
    fi
    if [ "$found" = unknown ]; then found=same; fi
    case $aspect in
    version) version=$out; return ;;
    attached | there) if [ -z "$out" ]; then found=absent; fi; return ;;
    settings) if [ "$out" = absent ]; then found=absent; return; fi ;;
    esac
    if [ -z "$out" ]; then return; fi
    case $aspect in
    bounded | creation-tags) printf '%s\n' "$out" | sed 's/^/  note: /'; noted=yes; return ;;
    path | name | location | existing-trust) lasting=yes ;;
    esac
    differs
}

# Whether apply made what this belongs to and was stopped before it came to this: then it is nobody else's.
is_unfinished() {
    if [ "$script" != apply ] || [ "$parent" = none ]; then return 1; fi
    if [ "$found" != different ] && [ -z "$noted" ]; then return 1; fi
    case $(made "$parent")-$(state "$parent")-$(made "$number") in
    *-created) return 1 ;;
    created-* | creating-same-* | unknown-same-*) return 0 ;;
    *) return 1 ;;
    esac
}

# Notes how it was found.
settle() {
    if [ "$found" = absent ]; then
        printf '  absent\n'
    elif is_unfinished; then
        printf '  not done yet: an earlier run was stopped before it\n'
        found=absent
    fi
    states="$states $number=$found "
    case $found in
    absent) ;;
    same) printf '  in place\n'; return ;;
    different) different=yes ;;
    *) return ;;
    esac
    verdict="$verdict  $found: $title
"
}

# Prints how step $1 was found.
state() {
    case $states in
    *" $1=absent "*) printf 'absent\n' ;;
    *" $1=same "*) printf 'same\n' ;;
    *) printf 'different\n' ;;
    esac
}

# --- Steps and their receipt ------------------------------------------------

# Adds a line to the receipt.
record() {
    printf '%s\n' "$1" 2>/dev/null >>receipt.txt && return
    if [ -z "$receipt" ]; then refuse 'receipt.txt cannot be written in this folder; copy the folder to where you may write.'; fi
    stop 'receipt.txt cannot be written; make room for it'
}

# Adds what became of this step.
note() {
    record "step-$number: $1 $resource"
}

# Adds that what was to be made was not, or may have been: only a refusal says that it was not.
note_failure() {
    case $err in
    *'(ServiceFailure)'* | *'(InternalFailure)'* | *'(ServiceUnavailable)'* | *'(50'[0-9]')'*) note unknown ;;
    *'An error occurred ('*) note failed ;;
    *) note unknown ;;
    esac
}

# Begins this run's part of the receipt, with a line of its own in case an earlier run broke off in the middle of one.
begin_receipt() {
    cli=$(aws --version 2>&1)
    case $cli in aws-cli/*) ;; *) cli=unknown ;; esac
    record ''
    receipt=begun title=receipt.txt
    for line in 'receipt: 1' "bundle: $bundle" "bundle-digest: $digest" "generator: $generator" "script: $script" \
        "time: $(date -u +%Y-%m-%dT%H:%M:%SZ)" "account: $account" "caller: $caller" "cli: ${cli%% *}"; do
        record "$line"
    done
}

# Prints what the receipt of this bundle says last of making step $1: creating, created, unknown, failed or removed.
made() {
    last='' ours=no cr=$(printf '\r')
    if [ -f receipt.txt ]; then
        while IFS= read -r line || [ -n "$line" ]; do
            line=${line%"$cr"}
            case $line in
            "bundle-digest: $digest") ours=yes ;;
            'bundle-digest: '*) ours=no ;;
            "step-$1: "*)
                line=${line#*: }
                case $ours-${line%% *} in
                yes-creating | yes-created | yes-unknown | yes-failed | yes-removed) last=${line%% *} ;;
                esac
                ;;
            esac
        done <receipt.txt
    fi
    printf '%s\n' "$last"
}

# Names the step that the next commands are.
step() {
    number=$1 title=$2 resource=$3 outcome=stays
    printf '\n%s %s of %s: %s\n' "$phase" "$1" "$steps" "$2" || stop 'it could not be printed, so it was not tried'
}

# Notes how it ended.
finish() {
    if [ "$dry_run" = yes ]; then return; fi
    case $outcome in 'already there' | updated) note "$outcome" ;; esac
    printf '  %s\n' "$outcome"
    so_far="$so_far  $number. $title: $outcome
"
}

# --- Where every script begins ----------------------------------------------

phase='' title='' so_far='' receipt='' number='' states='' differences='' different='' lasting='' verdict=''
