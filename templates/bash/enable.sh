#!/bin/sh
# Switches on the {{ log_settings.thing | comment }}
# in AWS account {{ account_id }}, Region {{ region }}, and leaves the rest of the alias as it is. From {{ generator | safe }}.
# It saves the alias beside this script first: disable puts its settings for logs back.
#
# usage: sh enable.sh [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run   compare, print the plan, the request and the command that would run, change nothing
#   --update    also replace other settings of the same kind of logs
#   --yes       do not ask before the change
#   --verbose   also print the commands that only read
# Exit codes: 0 done, 1 the alias has other settings, 2 refused before any change, 3 a call failed.

{% set script = "enable" -%}
{% include "parts/start.sh" %}
{% include "parts/logs.sh" -%}
{% include "parts/alias.sh" -%}
{% if lex_version == "v2" -%}
{% include "parts/bot_role.sh" -%}
{% endif -%}
# Compare both kinds as far as this bundle switches them on. Of two states the more serious one counts.
compare_logs() {
    state='in place'
{%- for kind in log_settings.kinds %}
{%- if kind.words %}
    logs {{ kind.name }} {{ kind.words | sh }} \
        {{ kind.other_words | sh }} \
        {{ kind.query | sh }}
    state_with "$found"
{%- endif %}
{%- endfor %}
}
state_with() {
    case $1-$state in
    other-*) differs settings ;;
    absent-'in place') state=create ;;
    esac
}
# send BEFORE AFTER: save the alias, make the request out of it, send that, and see that the alias shows it.
send() {
    fetch @ {{ log_settings.before }}
{%- for kind in log_settings.kinds %}
{%- if kind.words %}
    fetch {{ kind.current | sh }} {{ kind.earlier }}
{%- endif %}
{%- endfor %}
{%- if log_settings.role %}
    fetch {{ log_settings.role | sh }} {{ log_settings.earlier_role }}
{%- endif %}
    # The request: the alias as it is, with these logs.
    fetch {{ log_settings.enabling | sh }} {{ log_settings.request }}
    unchanged
    if has --dry-run; then
        printf '{{ log_settings.request }} would be:\n'
        cat "$work/{{ log_settings.request }}"
    else
        for file in {{ log_settings.saved | join(sep=" ") | safe }}; do
            keep "$file"
            place "$file"
        done
        place {{ log_settings.request }}
    fi
    run "$1" "$2" {{ log_settings.update | sh(indent=4) }}
    if has --dry-run; then return; fi
    compare_logs
    while [ "$state" != 'in place' ]; do
        try_again
        compare_logs
    done
    rm -f {{ log_settings.request }}
}

begin enable '--dry-run --update --yes' {{ partition }} {{ account_id }} {{ region }} "$@"

echo 'Plan:'
{% if lex_version == "v2" -%}
bot_role || failed
line "$state"
case $state-$out in
'in place'-*) ;;
*:role/aws-service-role/*) stop 2 'only Amazon Lex can change this role: use the console, or give the bot a custom role.' ;;
*) stop 2 'give the bot the role of this bundle, or generate a bundle with existing-role for the role of the bot.' ;;
esac
if for_children; then stop 2 'the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it.'; fi
{% endif -%}
name {{ log_settings.thing | sh }} \
    {{ log_settings.resource | sh }}
read_alias --output text --query {{ log_settings.changed }}
changed=$out
{% if text_logs_selective or audio_logs_selective -%}
keep_selective requested
{% endif -%}
compare_logs
{% if lex_version == "v2" -%}
if [ "$state" != 'in place' ]; then
    read_alias --output text --query 'conversationLogSettings.*[].enabled'
    keep_selective "$out"
fi
{% endif -%}
line "$state"
case $plan in
*-differs*) has --dry-run || stop 1 'the alias has other settings for these logs. --update replaces them; disable puts them back.' ;;
esac
confirm 'Make this change in account {{ account_id }}?' {{ digest }}
number=1
case $plan in
*-create*) send creating created ;;
*-update*) send updating updated ;;
*'1-in place'*) record "in place: $resource" ;;
esac
if has --dry-run; then echo 'Dry run: nothing was changed.'; exit 0; fi
case $plan in
*'1-in place'*) echo 'Done: these logs are switched on already.' ;;
*) echo 'Done: new conversations are logged. {{ log_settings.before }} is the alias as it was; disable puts its settings back.' ;;
esac
