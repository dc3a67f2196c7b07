#!/bin/sh
# apply.sh - lets Amazon Lex {{ lex_version | upper }} write conversation logs, in the AWS account {{ account_id }}.
# Made by {{ generator }}. It looks at what is there, then does this, in this order, where it is not done already:
{%- for step in apply %}
#   {{ step.number }}. {{ step.title }}
{%- endfor %}
#
#   sh apply.sh --dry-run    print every command, change nothing
#   sh apply.sh              check the documents, the AWS CLI and the account, look, then do it
#   sh apply.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2. What it did is in receipt.txt then.
# Exit codes: 0 done; 1 something is there and differs, nothing was changed; 2 refused before any change; 3 a call failed.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh apply.sh [--dry-run] [--update] [--skip-checksums] [--profile NAME] [--region NAME]
  --dry-run          print every command, change nothing, call nothing
  --update           put right what is there and differs
  --skip-checksums   do not compare the documents with their SHA-256
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Makes what a step is for, unless it is there.
create() {
    if [ "$dry_run" = yes ]; then call "$@"; return; fi
    outcome='already there'
    found=$(state "$number")
    if [ "$found" != absent ]; then
        # If an earlier run that broke off made it, it is as it was to be: it was absent before.
        case $found-$(made "$number") in
        same-creating | same-unknown) note created ;;
        different-creating | different-unknown) note failed ;;
        esac
        return
    fi
    note creating
    call "$@"
    if [ "$code" != 0 ]; then
        note_failure
        failed
    fi
    outcome=created
    note created
}

# Waits until what was just made is known everywhere.
wait_for() {
    if [ "$dry_run" = no ] && [ "$outcome" != created ]; then return; fi
    call "$@"
    if [ "$code" != 0 ]; then failed; fi
}

# Whether this aspect is to be put right: what was just made is right.
is_wrong() {
    if [ "$outcome" = created ]; then return 1; fi
    case $dry_run-$update-$differences in
    yes-yes-* | no-yes-*" $number-$1 "*) return 0 ;;
    *) return 1 ;;
    esac
}

# Puts an aspect right that differs.
update() {
    if ! is_wrong "$1"; then return; fi
    shift
    call "$@"
    if [ "$code" != 0 ]; then note 'not updated'; failed; fi
    outcome=updated
}

# Finds the version that must go, if there are as many as IAM keeps.
make_room() {
    version=None
    if ! is_wrong "$1"; then return; fi
    shift
    call "$@"
    if [ "$code" != 0 ]; then failed; fi
    version=${out:-VERSION}
}

# Deletes that version.
drop() {
    if [ "$version" != None ]; then update "$@"; fi
}

{% set script = "apply" -%}
{% set steps = apply | length -%}
{% include "parts/begin.sh" %}
# --- Before anything is changed ---------------------------------------------

switches='--update --skip-checksums'
options "$@"
{% for document in documents -%}
{% if document.used -%}
document {{ document.name }} \
    {{ document.sha256 }}
{% endif -%}
{% endfor -%}
{{ looks.sh }}
{% if existing_role -%}
if [ "$(state role)" = absent ] && [ "$dry_run" = no ]; then
    refuse 'the role {{ role_name }} is not there, and this bundle never makes it.'
fi
{% endif -%}
if [ -n "$different" ] && { [ "$update" = no ] || [ -n "$lasting" ]; }; then
    printf '\napply: not everything that is there is as this bundle makes it:\n%s' "$verdict" >&2
    if [ -n "$lasting" ]; then
        printf 'Nothing was changed. An Arn or a Region that differs, or the trust policy of a role that was there before, is not for this script to change: README.md says what can be done.\n' >&2
    else
        printf 'Nothing was changed. To put right what differs, use --update.\n' >&2
    fi
    exit 1
fi

# --- The steps --------------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase=Step
{% for step in apply %}
step {{ step.number }} {{ step.title | bash_word }} {{ step.resource | bash_word }}
create {{ step.bash }}
{% if step.wait -%}
wait_for {{ step.wait.bash }}
{% endif -%}
{% for update in step.updates -%}
{% if update.room -%}
make_room {{ update.aspect }} {{ update.room.list.bash }}
drop {{ update.aspect }} {{ update.room.delete.bash }}
{% endif -%}
update {{ update.aspect }} {{ update.bash }}
{% endfor -%}
finish
{% endfor %}
if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    record 'result: done'
    printf '\nDone: all {{ apply | length }} steps. receipt.txt says what was done; check shows it, undo takes it out.\n'
fi
exit 0
