# functions.sh: what the scripts of a bundle share. It names no account, and is the same in every bundle of this version.
if [ -n "${ZSH_VERSION:-}" ]; then emulate -R sh; fi
case $- in *k*) set +k ;; esac; set -u +C +a +e +f # SHELLOPTS or sh -C must not change what these lines mean.
exec 3>&2
phase=compare unwritable=2 number=0 given=' ' profile='' plan='' changes=0 differences='' absent='\(NoSuchEntity\)' tab=$(printf '\t')
# stop CODE MESSAGE: 1 something differs, 2 refused before any change, 3 a call failed.
stop() {
    printf '%s: %s\n' "$script" "$2" >&3
    if [ "$phase" = compare ]; then printf 'Nothing was changed.\n' >&3; exit "$1"; fi
    printf 'Step %s failed: %s. Done before it:\n' "$number" "$what" >&3
    cat "$work/done" 2>/dev/null >&3
    printf 'Running this again is safe: it continues where it stopped.\n' >&3
    exit "$1"
}
has() { case $given in *" $1 "*) ;; *) return 1 ;; esac; }
# begin SCRIPT 'OPTION...' PARTITION ACCOUNT REGION [ARGUMENT...]: read the arguments, sign in, check account and documents.
begin() {
    script=$1 known=" $2 --verbose --help " partition=$3 account=$4
    # No pager, no prompt, one form of messages. The last: Git for Windows leaves names alone that start with a slash.
    export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_ERROR_FORMAT=legacy MSYS2_ARG_CONV_EXCL='*' AWS_REGION="$5" AWS_DEFAULT_REGION="$5"
    shift 5
    while [ $# -gt 0 ]; do
        case $known,$1,${2:+value} in
        *,--profile,value) profile=$2; shift ;;
        *,--region,value) export AWS_REGION="$2" AWS_DEFAULT_REGION="$2"; shift ;;
        *" $1 "*) given="$given$1 " ;;
        *) stop 2 "the option \"$1\" is unknown or lacks its value; --help lists the options." ;;
        esac
        shift
    done
    if has --help; then sed -n '2,/^$/s/^# \{0,1\}//p' "$script.sh"; exit 0; fi
    { true 4>&1; } 2>/dev/null || stop 2 'nothing can be printed to the standard output.'
    command -v aws >/dev/null 2>&1 || stop 2 'there is no command aws on the PATH.'
    work=$(mktemp -d "${TMPDIR:-/tmp}/lexlogs.XXXXXX") || stop 2 'no folder for temporary files can be made; set TMPDIR.'
    trap 'code=$?; rm -rf "$work"; exit $code' EXIT
    trap 'stop 130 interrupted.' HUP INT TERM; trap '' PIPE
    { grep 'json$' SHA256SUMS | if command -v sha256sum >/dev/null; then sha256sum -c -; else shasum -a 256 -c -; fi; } >"$work/err" 2>&1 ||
        stop 2 "a document was altered or is missing; extract the whole zip again: $(grep -v ': OK$' "$work/err")"
    look aws sts get-caller-identity --query '[Account,Arn]' --output text
    caller=${out#*"$tab"} out=${out%%"$tab"*}
    if [ "$code" != 0 ]; then cat "$work/err" >&2; stop 2 'the AWS CLI has no working credentials. Sign in, or use --profile.'; fi
    if [ "$out" != "$account" ]; then stop 2 "the credentials belong to account \"$out\"; this bundle is for account $account."; fi
    printf 'Account %s, Region %s, signed in as %s\n\n' "$account" "$AWS_REGION" "$caller"
}
# Print a command as it can be typed, an option on each line.
show() {
    text=
    for word in "$@" ${profile:+--profile "$profile"}; do
        case $word in *[!A-Za-z0-9_+.@:/-]*) word="\"$word\"" ;; esac
        case $word in --*) text=$(printf '%s \\\n    %s' "$text" "$word") ;; *) text="$text${text:+ }$word" ;; esac
    done
    printf '%s\n' "$text" || stop 3 'the command could not be printed, so it was not run.'
}
# Run a command: $out is what it printed, $work/err its errors, $code its exit code.
call() {
    code=0
    { ("$@" ${profile:+--profile "$profile"} </dev/null >"$work/raw" 2>"$work/err") || code=$?; } 2>/dev/null
    tr -d '\r' <"$work/raw" >"$work/out"
    out=$(cat "$work/out")
}
failed() { cat "$work/err" >&2; stop 3 "exit code $code of the AWS CLI$([ -s "$work/err" ] || printf ', which said nothing')."; }
look() { if has --verbose; then show "$@"; fi; call "$@"; }
# Read from AWS. False if it says that there is no such thing; any other error stops the script.
get() {
    look "$@"
    if [ "$code" != 0 ] && ! grep -qE "$absent" "$work/err"; then show "$@" >&2; failed; fi
    [ "$code" = 0 ]
}
# run BEFORE AFTER COMMAND...: print a command, then run it; the receipt says so before and after.
run() {
    before=$1 after=$2
    shift 2
    show "$@"
    if has --dry-run; then printf '\n'; return; fi
    record "$before: $resource"
    call "$@"
    # Only a refusal says that nothing was done; a lost connection or an internal failure does not.
    if grep 'An error occurred (' "$work/err" | grep -qvE '\((Service|Internal|50.\))'; then record "not $after: $resource"; fi
    if [ "$code" != 0 ]; then failed; fi
    record "$after: $resource"
    printf '%s: %s\n\n' "$after" "$what"
    printf '  %s: %s\n' "$after" "$what" >>"$work/done"
}
# record LINE: add a line to the receipt.
record() {
    has --dry-run || printf '%s\n' "$1" 2>/dev/null >>receipt.txt ||
        stop "$unwritable" 'receipt.txt cannot be written in this folder, or there is no room for it.'
}
# Name the next step: its thing, and what the receipt calls it. False in the second pass, which compares nothing.
name() {
    number=$((number + 1)) what=$1 resource=$2 state=create elsewhere=''
    [ "$phase" = compare ]
}
# differs PROPERTY: whether that can be updated is up to --update.
differs() { if has --update; then state=update; else state=differs; fi; differences="$differences $number-$1 "; }
# Compare a document with what was read, whatever the indentation.
compare() {
    state='in place'
    sed 's/^ *//' "$work/out" >"$work/live"
    tr -d '\r' <"$1" | sed 's/^ *//' >"$work/ours"
    if cmp -s "$work/live" "$work/ours"; then return; fi
    differs document
    lacking live ours 'in the account: '
    lacking ours live 'in the document:'
    if [ ! -s "$work/details" ]; then echo '      the same lines in another order' >"$work/details"; fi
}
# lacking FILE OTHER LABEL: print the lines of a file that the other file lacks, below the line of the plan.
lacking() { grep -vxF -f "$work/$2" "$work/$1" | sed "s/^/      $3 /" >>"$work/details"; }
# role NAME DOCUMENT [PATH [BOUNDARY]]
role() {
    waiter="role-exists --role-name $1" replacing="update-assume-role-policy --role-name $1 --policy-document file://$2"
    name "role $1" "arn:$partition:iam::$account:role${3:-/}$1" || return 0
    get aws iam get-role --role-name "$1" --query 'Role.[Arn,PermissionsBoundary.PermissionsBoundaryArn]' --output text || return 0
    case $out in
    "$resource$tab${4:-None}") ;;
    "$resource$tab"*) printf '      its permissions boundary is %s\n' "${out#*"$tab"}" >>"$work/details" ;;
    *) printf '      its ARN is %s\n' "${out%%"$tab"*}" >>"$work/details"; state=differs elsewhere=yes; return ;;
    esac
    get aws iam get-role --role-name "$1" --query Role.AssumeRolePolicyDocument --output json
    compare "$2"
}
# policy NAME DOCUMENT
policy() {
    arn=arn:$partition:iam::$account:policy/$1 waiter="policy-exists --policy-arn $arn"
    replacing="create-policy-version --policy-arn $arn --policy-document file://$2 --set-as-default"
    name "policy $1" "$arn" || return 0
    get aws iam get-policy --policy-arn "$resource" --query Policy.DefaultVersionId --output text || return 0
    versions
    get aws iam get-policy-version --policy-arn "$resource" --version-id "$out" --query PolicyVersion.Document --output json
    compare "$2"
}
# versions: what was read, one or one a line, for a command.
versions() { ! grep -q '[^A-Za-z0-9.-]' "$work/out" || stop 3 'AWS answered with something that is no version.'; }
# attachment POLICY ROLE
attachment() {
    waiter='' replacing=''
    name "policy $1 on role $2" "arn:$partition:iam::$account:policy/$1 on $2" || return 0
    get aws iam list-attached-role-policies --role-name "$2" --query 'AttachedPolicies[].[PolicyArn]' --output text || return 0
    if grep -qxF "${resource% on *}" "$work/out"; then state='in place'; fi
}
# line WORD: print a line of the plan, with what differs below it.
line() {
    printf '  %-8s  %s\n' "$1" "$what"
    if [ -s "$work/details" ]; then cat "$work/details"; : >"$work/details"; fi
    plan="$plan $number-$1 "
    case $1 in create | update | remove) changes=$((changes + 1)) ;; esac
}
# confirm QUESTION DIGEST: the end of the first pass. Go on only if the answer is yes; then start the receipt.
confirm() {
    printf '\n'
    if [ "$changes" != 0 ] && ! has --yes && ! has --dry-run; then
        if [ ! -t 0 ]; then stop 2 'there is no terminal to ask at: read the plan, then use --yes.'; fi
        printf '%s [y/N] ' "$1"
        read -r answer || answer=
        case $answer in [yY] | [yY][eE][sS]) printf '\n' ;; *) stop 2 'the answer was not yes.' ;; esac
    fi
    for line in '' 'receipt: 2' "bundle-digest: $2" "script: $script" "time: $(date -u +%FT%TZ)" "caller: $caller"; do record "$line"; done
    phase=run unwritable=3 number=0
}
