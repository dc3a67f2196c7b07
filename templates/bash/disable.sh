#!/bin/sh
# disable.sh - puts back the settings that the alias {{ bot_alias_id }} of the bot {{ bot_id }} had for its conversation logs
# before enable.sh, in the AWS account {{ account_id }}. Made by {{ generator }}. Everything else of the alias stays as it is now.
#
#   sh disable.sh --dry-run    print every command, change nothing
#   sh disable.sh              look, then put back
#   sh disable.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 done; 1 others changed the settings since, nothing was changed; 2 refused before any change; 3 a call failed.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh disable.sh [--dry-run] [--without-saved] [--profile NAME] [--region NAME]
  --dry-run          print every command, change nothing, call nothing
  --without-saved    switch off what is exactly as this bundle sets it, and put nothing back
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Adds the settings in $out, if there are any, to those that are put back{% if lex_version == "v2" %}, as the member $1{% endif %}.
add() {
    case $out in '' | null) return ;; esac
    pieces="$pieces${pieces:+, }{% if lex_version == "v2" %}\"$1\": {% endif %}$out"
}

# What was saved in the file $1.
saved() {
    out=null
    if [ "$dry_run" = no ] && [ "$without_saved" = no ]; then out=$(cat "$1"); fi
}

{% set script = "disable" -%}
{% set steps = log_settings.number -%}
{% include "parts/begin.sh" -%}
if [ ! -f settings.sh ]; then refuse 'settings.sh is missing beside this script. Extract the whole zip, then run the script in its folder.'; fi
# shellcheck source=settings.sh
. ./settings.sh

# --- Before anything is changed ---------------------------------------------

switches='--without-saved'
options "$@"
if [ "$dry_run" = no ] && [ "$without_saved" = no ]; then
    for file in {{ log_settings.saved | join(sep=" ") }}; do
        if [ ! -s "$file" ]; then
            refuse "there is no $file beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved."
        fi
    done
    case $(cat {{ log_settings.before }}) in
    *'"{{ bot_id }}"'*) ;;
    *) refuse '{{ log_settings.before }} is of another bot.' ;;
    esac
    case $(cat {{ log_settings.before }}) in
    *'"{{ bot_alias_id }}"'*) ;;
    *) refuse '{{ log_settings.before }} is of another alias.' ;;
    esac
fi
{% include "parts/sign_in.sh" %}
# --- What is there ----------------------------------------------------------
{% for premise in log_settings.looks -%}
{% if premise.subject != "bot" %}
subject {{ premise.subject }} {{ premise.title | bash_word }} none
{% for look in premise.looks -%}
look {{ look.aspect }} {{ look.bash }}
{% endfor -%}
settle
{% endif -%}
{% endfor %}
case $dry_run-$states in
yes-* | *=same*) ;;
*)
    if [ -n "$different" ]; then
        printf '\ndisable: others changed the settings since:\n%sNothing was changed. What was before is in {{ log_settings.before }}.\n' "$verdict" >&2
        exit 1
    fi
    printf '\nDone: these logs are switched off already.\n'
    exit 0
    ;;
esac

# --- Switching off ----------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase='Undo of step'
step {{ log_settings.number }} {{ log_settings.undo_title | bash_word }} {{ log_settings.resource | bash_word }}
changed='' pieces=''
unchanged {{ log_settings.changed.bash }}
save {{ log_settings.request }} {{ log_settings.disabling.bash }}
{% for kind in log_settings.kinds -%}
{% if kind.subject -%}
call {{ kind.current.bash }}
if [ "$code" != 0 ]; then failed; fi
if [ "$(state {{ kind.subject }})" = same ]; then saved {{ kind.earlier }}; fi
{% else -%}
call {{ kind.current.bash }}
if [ "$code" != 0 ]; then failed; fi
{% endif -%}
add{% if kind.member %} {{ kind.member }}{% endif %}
{% endfor -%}
{% if log_settings.role -%}
call {{ log_settings.role.bash }}
if [ "$code" != 0 ]; then failed; fi
role=$out
saved {{ log_settings.earlier_role }}
case $out in '' | null) ;; *) role=$out ;; esac
{% endif -%}
unchanged {{ log_settings.changed.bash }}
if [ "$dry_run" = yes ] || [ -n "$pieces" ]; then
    if [ "$dry_run" = no ]; then
        write {% if lex_version == "v1" %}"{\"logSettings\": [$pieces], \"iamRoleArn\": $role}"{% else %}"{$pieces}"{% endif %} {{ log_settings.put_back }}
    fi
    call {{ log_settings.update_with.bash | replace(from="\n", to="\n    ") }}
else
    call {{ log_settings.update.bash | replace(from="\n", to="\n    ") }}
fi
if [ "$code" != 0 ]; then failed; fi
if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
    exit 0
fi
rm -f {{ log_settings.request }} {{ log_settings.put_back }}
note removed
record 'result: undone'
for file in {{ log_settings.saved | join(sep=" ") }}; do keep "$file"; done
printf '\nDone: the alias has the settings for logs again that it had before.\n'
exit 0
