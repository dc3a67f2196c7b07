#!/bin/sh
# enable.sh - switches on the conversation logs of the alias {{ bot_alias_id }} of the bot {{ bot_id }}, in the AWS account {{ account_id }}.
# Made by {{ generator }}. Run apply.sh before it. Everything else of the alias stays as it is; what its settings for logs
# were is saved beside this script before anything is changed, and disable.sh puts them back.
#
#   sh enable.sh --dry-run    print every command, change nothing
#   sh enable.sh              look{% if lex_version == "v2" %} at the bot's role and the alias{% endif %}, save, then switch on
#   sh enable.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 done; 1 the alias has other settings, nothing was changed; 2 refused before any change; 3 a call failed.

# (Queries hold backquotes, which are JMESPath's.)
# shellcheck shell=sh source=functions.sh disable=SC2016

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh enable.sh [--dry-run] [--update] [--skip-checksums] [--profile NAME] [--region NAME]
  --dry-run          print every command, change nothing, call nothing
  --update           replace other settings of the same kind of logs
  --skip-checksums   do not compare the documents with their SHA-256
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

# Looks again at what was set, several times if need be, for Amazon Lex takes a moment.
prove() {
    tries=1
    while :; do
        call "$@"
        if [ "$dry_run" = yes ]; then return; fi
        if [ "$code" != 0 ]; then failed; fi
        if [ -z "$out" ]; then return; fi
        if [ "$tries" = 5 ]; then stop 'the alias does not show what was sent'; fi
        tries=$((tries + 1))
        sleep 2
    done
}

{% set script = "enable" -%}
{% set steps = log_settings.number -%}
{% include "parts/begin.sh" -%}
if [ ! -f settings.sh ]; then refuse 'settings.sh is missing beside this script. Extract the whole zip, then run the script in its folder.'; fi
# shellcheck source=settings.sh
. ./settings.sh

# --- Before anything is changed ---------------------------------------------

switches='--update --skip-checksums'
options "$@"
{% for document in documents -%}
{% if document.kind == "log-settings" -%}
document {{ document.name }} \
    {{ document.sha256 }}
{% endif -%}
{% endfor -%}
{% include "parts/sign_in.sh" %}
# --- What is there ----------------------------------------------------------
{% for premise in log_settings.looks %}
subject {{ premise.subject }} {{ premise.title | bash_word }} none
{% for look in premise.looks -%}
look {{ look.aspect }} {{ look.bash }}
{% endfor -%}
settle
{% if premise.subject == "bot" -%}
case $found-$out in
different-service-linked*)
    refuse 'the role of the bot belongs to Amazon Lex, and nobody else can give it permissions. Either switch the logs on in the console, where Amazon Lex changes the role by itself, or give the bot a role of its own; README.md says how.'
    ;;
different-*) refuse 'the bot has another role than the one of this bundle. Give it that role, or ask for a bundle with existing-role and the role that it has; README.md says how.' ;;
esac
{% endif -%}
{% endfor %}
if [ -n "$different" ] && [ "$update" = no ]; then
    printf '\nenable: the alias has other settings for these logs:\n%s' "$verdict" >&2
    printf 'Nothing was changed. To replace them, use --update; disable.sh puts them back.\n' >&2
    exit 1
fi
if [ "$dry_run" = no ] && [ -z "$verdict" ]; then
    printf '\nDone: the logs are switched on already, as this bundle does it.\n'
    exit 0
fi

# --- Switching on -----------------------------------------------------------

if [ "$dry_run" = no ]; then begin_receipt; fi
phase=Step
step {{ log_settings.number }} {{ log_settings.title | bash_word }} {{ log_settings.resource | bash_word }}
changed=
unchanged {{ log_settings.changed.bash }}
if [ "$dry_run" = no ]; then
    for file in {{ log_settings.saved | join(sep=" ") }}; do keep "$file"; done
fi
save {{ log_settings.before }} {{ log_settings.describe.bash }}
{% for kind in log_settings.kinds -%}
{% if kind.subject -%}
save {{ kind.earlier }} {{ kind.current.bash }}
{% endif -%}
{% endfor -%}
{% if log_settings.role -%}
save {{ log_settings.earlier_role }} {{ log_settings.role.bash }}
{% endif -%}
save {{ log_settings.request }} {{ log_settings.enabling.bash }}
unchanged {{ log_settings.changed.bash }}
if [ "$dry_run" = no ]; then note creating; fi
call {{ log_settings.update.bash }}
if [ "$code" != 0 ]; then
    note_failure
    failed
fi
{% for premise in log_settings.looks -%}
{% if premise.subject != "bot" -%}
{% for look in premise.looks -%}
prove {{ look.bash }}
{% endfor -%}
{% endif -%}
{% endfor -%}
if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called and nothing was changed.\n'
    exit 0
fi
rm -f {{ log_settings.request }}
outcome=created
if [ -n "$different" ]; then outcome=updated; fi
note "$outcome"
printf '  %s\n' 'switched on'
record 'result: done'
printf '\nDone: conversations that begin from now on are logged. {{ log_settings.before }} is what the alias was; disable.sh puts its settings back.\n'
exit 0
