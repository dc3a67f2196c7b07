#!/bin/sh
# Puts back what the {{ log_settings.thing | comment }}
# were before enable, in AWS account {{ account_id }}, Region {{ region }}. From {{ generator | safe }}.
# The rest of the alias, and what others have changed since, stays as it is.
#
# usage: sh disable.sh [--dry-run] [--yes] [--without-saved] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run         compare, print the plan, the request and the command that would run, change nothing
#   --yes             do not ask before the change
#   --without-saved   switch off what is exactly as this bundle sets it, and put nothing back
#   --verbose         also print the commands that only read
# Exit codes: 0 done, 1 others changed the settings, 2 refused before any change, 3 a call failed.

{% set script = "disable" -%}
{% include "parts/start.sh" %}
{% include "parts/logs.sh" -%}
{% include "parts/alias.sh" -%}
# What enable saved must be here and of this alias.
saved() {
    for file in {{ log_settings.saved | join(sep=" ") | safe }}; do
        if [ ! -s "$file" ]; then
            stop 2 "there is no $file beside this script, where enable saves what was before. --without-saved does without it."
        fi
    done
    for id in {{ bot_id }} {{ bot_alias_id }}; do
        grep -q "\"$id\"" {{ log_settings.before }} || stop 2 '{{ log_settings.before }} is of another bot or alias.'
    done
}
# before FILE: what enable saved in it.
before() { if has --without-saved; then echo null; else tr -d '\r' <"$1"; fi; }
# kind FOUND SAVED QUERY MEMBER: add what is sent for a kind: if it is this bundle's, what was before, else what it is now.
kind() {
    case $1 in
    ours)
        before "$2" >"$work/$4"
{%- if lex_version == "v2" %}
        fetch "$3" now
        # What was before may log everything again.
        if is_on selectiveLoggingEnabled now && is_on enabled "$4" && ! is_on selectiveLoggingEnabled "$4"; then
            echo "      selective logging of ${4%LogSettings} logs is turned off" >>"$work/details"
        fi
{%- endif %}
        ;;
    *) fetch "$3" "$4" ;;
    esac
    case $(cat "$work/$4") in null) return ;; esac
    {
        if [ -n "$pieces" ]; then echo ,; fi
{%- if lex_version == "v2" %}
        printf '"%s":\n' "$4"
{%- endif %}
        cat "$work/$4"
    } >>"$work/{{ log_settings.put_back }}"
    pieces=some
}
# sent QUERY MEMBER: whether the alias shows what was sent for a kind.
sent() {
    read_alias --output json --query "$1"
    compare "$work/$2"
    [ "$state" = 'in place' ]
}
{% if lex_version == "v2" -%}
# is_on MEMBER FILE
is_on() { grep -q "\"$1\": true" "$work/$2"; }
{% endif -%}
# collect: the logs that come back or stay, in a file of their own.
collect() {
    pieces=''
    echo '{{ '{' | safe }}{% if lex_version == "v1" %}"logSettings": [{% endif %}' >"$work/{{ log_settings.put_back }}"
{%- for kind in log_settings.kinds %}
    kind {% if kind.words %}"${{ kind.name }}_logs" {{ kind.earlier }}{% else %}other none{% endif %} \
        {{ kind.current | sh }} {{ kind.name }}LogSettings
{%- endfor %}
{%- if log_settings.role %}
    before {{ log_settings.earlier_role }} >"$work/role"
    case $(cat "$work/role") in null) fetch {{ log_settings.role | sh }} role ;; esac
    { echo '], "iamRoleArn":'; cat "$work/role"; } >>"$work/{{ log_settings.put_back }}"
{%- endif %}
    echo '}' >>"$work/{{ log_settings.put_back }}"
}
# send: make the request out of the alias, send it, and see that the alias shows it.
send() {
    # The request: the alias as it is, without logs.
    fetch {{ log_settings.disabling | sh }} {{ log_settings.request }}
    unchanged
    for file in {{ log_settings.request }}${pieces:+ {{ log_settings.put_back }}}; do
        if has --dry-run; then printf '%s would be:\n' "$file"; cat "$work/$file"; else place "$file"; fi
    done
    if [ -n "$pieces" ]; then
        run removing removed {{ log_settings.update_with | sh(indent=8) }}
    else
        run removing removed {{ log_settings.update | sh(indent=8) }}
    fi
    if has --dry-run; then return; fi
    until {% for kind in log_settings.kinds %}{% if not loop.first %} &&
        {% endif %}sent {{ kind.current | sh }} {{ kind.name }}LogSettings{% endfor %}; do
        try_again
    done
    rm -f {{ log_settings.request }} {{ log_settings.put_back }}
    for file in {{ log_settings.saved | join(sep=" ") | safe }}; do keep "$file"; done
}

begin disable '--dry-run --yes --without-saved' {{ partition }} {{ account_id }} {{ region }} "$@"
has --without-saved || saved

echo 'Plan:'
name {{ log_settings.thing | sh }} \
    {{ log_settings.resource | sh }}
read_alias --output text --query {{ log_settings.changed }}
changed=$out
{% if text_logs_selective or audio_logs_selective -%}
keep_selective requested
{% endif -%}
{% for kind in log_settings.kinds -%}
{% if kind.words -%}
logs {{ kind.name }} {{ kind.words | sh }} \
    {{ kind.other_words | sh }} \
    {{ kind.query | sh }}
{{ kind.name }}_logs=$found
{% endif -%}
{% endfor -%}
case {% for kind in log_settings.kinds %}{% if kind.words %}-${{ kind.name }}_logs{% endif %}{% endfor %} in
*-ours*)
    collect
{%- if lex_version == "v2" %}
    keep_selective "$pieces"
{%- endif %}
    line remove
    ;;
*-other*) line keep; has --dry-run || stop 1 'others changed the settings since. What was before is in {{ log_settings.before }}.' ;;
*) line absent ;;
esac
confirm 'Make this change in account {{ account_id }}?' {{ digest }}
number=1
case $plan in *-remove*) send ;; esac
if has --dry-run; then echo 'Dry run: nothing was changed.'; exit 0; fi
case $plan in
*-remove*) echo 'Done: the alias has the settings for logs that it had before.' ;;
*) echo 'Done: these logs are switched off already.' ;;
esac
