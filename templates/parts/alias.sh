# fetch QUERY FILE: write what the query selects of the alias, as JSON, among the temporary files.
fetch() {
    read_alias --output json --query "$1"
    printf '%s\n' "$out" >"$work/$2" || stop 3 'there is no room for temporary files.'
}
# unchanged: stop if somebody else has changed the alias since it was compared.
unchanged() {
    read_alias --output text --query {{ log_settings.changed }}
    if [ "$out" != "$changed" ]; then stop 3 'somebody else changed the alias just now, so nothing was sent.'; fi
}
# keep FILE: rename what an earlier run saved, so that nothing is overwritten.
keep() {
    if [ ! -e "$1" ]; then return; fi
    nth=1
    while [ -e "$1.$nth" ]; do nth=$((nth + 1)); done
    mv "$1" "$1.$nth" 2>/dev/null || stop 3 "$1 cannot be renamed."
    printf '%s is %s.%s now.\n' "$1" "$1" "$nth"
}
# place FILE: move a temporary file beside this script.
place() { mv "$work/$1" "$1" 2>/dev/null || stop 3 "$1 cannot be written in this folder; make room for it."; }
# try_again: Amazon Lex takes a moment to show what it was sent. Wait, five times at most.
try_again() {
    tries=$((${tries:-0} + 1))
    if [ "$tries" = 5 ]; then stop 3 'the alias does not show what was sent.'; fi
    sleep 2
}
