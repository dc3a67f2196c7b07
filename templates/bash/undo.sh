#!/bin/sh
# undo.sh - takes out what apply put into the AWS account {{ account_id }}, as receipt.txt beside it says, and nothing else.
# Made by {{ generator }}. It does this, in this order, where apply did the opposite:
{%- for step in undo %}
#   {{ step.number }}. {{ step.undo_title }}
{%- endfor %}
#
#   sh undo.sh --dry-run    print every command, change nothing
#   sh undo.sh              look, ask, then do it
#   sh undo.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 done; 2 refused before any change; 3 a call failed, at the step that it names.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh undo.sh [--dry-run] [--yes] [--without-receipt] [--profile NAME] [--region NAME]
  --dry-run          print every command, change nothing, call nothing
  --yes              do not ask
  --without-receipt  take out what is exactly as this bundle makes it, whoever made it
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Decides whether step $1 is taken out, which is titled $2; with the result of step $3 or $4 it goes in any case. What
# holds logs goes by the receipt alone: then $5 is receipt.
decide() {
    if [ "$dry_run" = yes ]; then taken="$taken $1 "; return; fi
    found=$(state "$1") says=$(made "$1") why='apply did not make it'
    if [ "$5" = receipt ]; then why='the receipt does not say that apply made it'; fi
    case $says in creating | unknown) why='it is not as this bundle makes it' ;; esac
    case $differences in
    *" $1-path "* | *" $1-name "* | *" $1-location "* | *" $3-path "*) found=other why='another of its name is there' ;;
    esac
    case $found-$says in
    absent-created | absent-creating | absent-unknown) gone="$gone $1 "; return ;;
    absent-*) return ;;
    other-*) printf '  stays: %s: %s\n' "$2" "$why"; return ;;
    *-created | same-creating | same-unknown) ;;
    *)
        case $found-$without_receipt-$5-$taken in
        same-yes-none-* | *" $3 "* | *" $4 "*) ;;
        *) printf '  stays: %s: %s\n' "$2" "$why"; return ;;
        esac
        ;;
    esac
    taken="$taken $1 "
}

# Whether step $1 is taken out.
is_taken() {
    case $taken in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

# Looks whether anybody else uses what is to go.
look_for_users() {
    number=$1 title=$2
    shift 2
    if ! is_taken "$number"; then return; fi
    call "$@"
    if [ "$dry_run" = yes ] || is_absent || [ -z "$out" ]; then return; fi
    printf '%s\n' "$out" | sed 's/^/  in use: /'
    used=yes
}

{% if create_log_group or create_bucket -%}
# Looks whether what is to go holds anything: then it stays.
look_for_contents() {
    number=$1 what=$2
    if [ -z "$phase" ]; then title=$2; fi
    shift 2
    if ! is_taken "$number"; then return; fi
    call "$@"
    if [ "$dry_run" = yes ] || is_absent || [ -z "$out" ]; then return; fi
    printf '  stays: %s: it is not empty, and what is in it is not for undo to delete\n' "$what"
    taken=${taken%%" $number "*}${taken#*" $number "}
    kept=yes
}

{% endif -%}
# Takes out what is to go; what is gone already is no fault.
remove() {
    if ! is_taken "$number"; then return; fi
    call "$@"
    if [ "$dry_run" = no ] && is_absent; then :; fi
    outcome=removed
}

# Finds the versions of a policy that go before the policy itself can.
find_versions() {
    versions=
    if ! is_taken "$number"; then return; fi
    call "$@"
    if [ "$dry_run" = yes ]; then versions=VERSION; elif ! is_absent; then versions=$out; fi
}

# Notes how a step ended.
end_step() {
    case $gone in *" $number "*) outcome=removed ;; esac
    if [ "$outcome" = removed ] && [ "$dry_run" = no ]; then note removed; fi
    finish
}

{% if create_log_group or create_bucket -%}
# Notes that what belongs to this step, step $1, went with it.
went_along() {
    if [ "$outcome" = removed ] && [ "$dry_run" = no ]; then record "step-$1: removed $2"; fi
}

{% endif -%}
{% set script = "undo" -%}
{% set steps = apply | length -%}
{% include "parts/begin.sh" %}
# --- Before anything is changed ---------------------------------------------

switches='--yes --without-receipt'
options "$@"
if [ "$dry_run" = no ] && [ "$without_receipt" = no ]; then
    if [ ! -f receipt.txt ]; then
        refuse 'there is no receipt.txt beside this script, so it is not known what apply made. README.md says what can be done.'
    fi
    case $(cat receipt.txt) in
    *"bundle-digest: $digest"*) ;;
    *) refuse 'receipt.txt is of another bundle, so it is not known what apply of this one made. README.md says what can be done.' ;;
    esac
fi
{{ looks.sh }}
# --- What is to go ----------------------------------------------------------

taken='' gone='' used='' kept=''
printf '\n'
{% for step in apply -%}
{% if step.removal -%}
decide {{ step.number }} {{ step.look_title | bash_word }} {{ step.parent }} {% if step.subject == "attachment" %}{{ step.number - 1 }}{% else %}none{% endif %} {% if step.removal.contents %}receipt{% else %}none{% endif %}
{% endif -%}
{% endfor -%}
{% for step in apply -%}
{% if step.removal -%}
{% for users in step.removal.users -%}
look_for_users {{ step.number }} {{ step.look_title | bash_word }} {{ users.bash }}
{% endfor -%}
{% endif -%}
{% endfor -%}
{% for step in apply -%}
{% if step.removal and step.removal.contents -%}
look_for_contents {{ step.number }} {{ step.look_title | bash_word }} {{ step.removal.contents.bash }}
{% endif -%}
{% endfor -%}
if [ -n "$used" ]; then refuse 'somebody else uses what is to go, as said above. Take that out first.'; fi
if [ -z "$taken$gone" ]; then
    printf '\nDone: there is nothing to take out.\n'
    exit 0
fi
{% for step in apply -%}
{% if step.removal -%}
if is_taken {{ step.number }}; then printf '  goes: %s\n' {{ step.look_title | bash_word }}; fi
{% endif -%}
{% endfor -%}
if [ "$dry_run" = no ] && [ "$yes" = no ] && [ -n "$taken" ]; then
    if [ ! -t 0 ]; then refuse 'there is no terminal to ask at; use --yes.'; fi
    printf 'Type yes to take it out: '
    IFS= read -r answer || answer=
    if [ "$answer" != yes ]; then refuse 'the answer was not yes.'; fi
fi

# --- The steps --------------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase='Undo of step'
{% for step in undo %}
step {{ step.number }} {{ step.undo_title | bash_word }} {{ step.resource | bash_word }}
{% if step.removal.versions -%}
find_versions {{ step.removal.versions.list.bash }}
for version in $versions; do
    remove {{ step.removal.versions.delete.bash | replace(from="\n", to="\n    ") }}
done
{% endif -%}
{% if step.removal.contents -%}
look_for_contents {{ step.number }} {{ step.look_title | bash_word }} {{ step.removal.contents.bash }}
{% endif -%}
remove {{ step.removal.bash }}
end_step
{% for child in step.children -%}
went_along {{ child.number }} {{ child.resource | bash_word }}
{% endfor -%}
{% endfor %}
if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
else
    record 'result: undone'
    printf '\nDone: what apply made is taken out%s. receipt.txt says what was done.\n' "${kept:+, but for what stays, as said above}"
fi
exit 0
