# settings.sh - what enable.sh and disable.sh share. It names no account and is the same in all bundles of a version of
# lexlogs that name a bot. It is read by those scripts; by itself it does nothing.
# shellcheck shell=sh disable=SC2034,SC2154

# Moves a file out of the way that an earlier run has saved: nothing is lost.
keep() {
    if [ ! -e "$1" ]; then return; fi
    nth=1
    while [ -e "$1.$nth" ]; do nth=$((nth + 1)); done
    mv "$1" "$1.$nth" || stop "$1 cannot be renamed"
    printf '  %s is %s.%s now\n' "$1" "$1" "$nth"
}

# Writes what a call prints to the file $1.
save() {
    file=$1
    shift
    call "$@"
    if [ "$dry_run" = yes ]; then return; fi
    if [ "$code" != 0 ]; then failed; fi
    write "$out" "$file"
}

# Writes a text to the file $2.
write() {
    printf '%s\n' "$1" 2>/dev/null >"$2" || stop "$2 cannot be written in this folder; make room for it"
}

# Notes when the alias was changed last, or stops if that was since it was noted.
unchanged() {
    call "$@"
    if [ "$dry_run" = yes ]; then return; fi
    if [ "$code" != 0 ]; then failed; fi
    if [ -n "$changed" ] && [ "$out" != "$changed" ]; then
        stop 'somebody else changed the alias just now, so nothing was sent'
    fi
    changed=$out
}
