#!/bin/sh
# Compares AWS account {{ account_id }} with this bundle. Changes nothing. From {{ generator | safe }}.
#
# usage: sh check.sh [--verbose] [--profile NAME] [--region NAME]
#   --verbose   also print the commands
# Exit codes: 0 the role and policies are in place, 1 they are not, 2 refused, 3 a call failed.

{% set script = "check" -%}
{% include "parts/start.sh" -%}
missing=''

# Print the step's line.
report() {
    if [ "$state" = create ]; then state=missing; fi
    line "$state"
}
# target WHAT VALUE COMMAND...: compare what the logs need, which the caller may not be permitted to see.
target() {
    what=$1 value=$2
    shift 2
    look "$@" --output text
    case $code-$out in
    0-"$value") line 'in place' ;;
    0-None | 0-) line missing; missing="$missing, $what" ;;
    0-*) printf '      in the account:  %s\n      in the bundle:   %s\n' "$out" "$value" >>"$work/details"; line differs ;;
    *)
        if grep -qE '\((AccessDenied[A-Za-z]*|403)\)' "$work/err"; then line unknown
        elif grep -qE '\((NoSuchBucket|404|ResourceNotFoundException|NotFoundException)\)' "$work/err"; then
            line missing; missing="$missing, $what"
        else show "$@" >&2; failed; fi
        ;;
    esac
}
{% if existing_role -%}
{% include "parts/existing_role.sh" -%}
{% endif -%}
{% if tags or permissions_boundary or create_log_group or create_bucket -%}
{% include "parts/things.sh" -%}
{% endif -%}
{% if tags and create_bucket -%}
{% include "parts/made.sh" -%}
{% include "parts/part_of.sh" -%}
{% endif -%}
{% if log_settings -%}
{% include "parts/logs.sh" -%}
# settings KIND WORDS OTHER-WORDS QUERY: the line of a kind of logs of the alias.
settings() {
    what="$1 logs of alias {{ bot_alias_id }} of bot {{ bot_id }}"
    logs "$@"
    case $found in
    ours) line 'in place' ;;
    absent) line missing; off="$off, $1 logs" ;;
    other) line differs ;;
    *) line unknown ;;
    esac
}
{% if lex_version == "v2" -%}
{% include "parts/bot_role.sh" -%}
{% endif -%}
{% endif %}
begin check '' {{ partition }} {{ account_id }} {{ region }} "$@"{% include "parts/protection.sh" %}
{% if text_logs_selective or audio_logs_selective -%}
keep_selective requested
{% endif -%}
{% if existing_role -%}
existing_role {{ role_name | sh }} {{ service_principal }}{% if role_path %} {{ role_arn | sh }}{% endif %}
{% endif -%}
{% for step in apply -%}
{% include "parts/step.sh" -%}
{% if step.subject == "bucket-tagging" -%}
part_of {{ step.parent.number }} {{ step.parent.resource | sh }} left
{% endif -%}
report
{% endfor -%}
steps=$plan
{% for target in targets -%}
target {{ target.thing | sh }} {{ target.check.value | sh }} \
    {{ target.check.command | sh(compact=true) }}
{% endfor -%}
{% if log_settings -%}
# The caller may not be permitted to see these either.
absent='\(AccessDenied[A-Za-z]*\)' off=''
{% if lex_version == "v2" -%}
bot_role
line "$state"
if for_children; then
    what='privacy of bot {{ bot_id }}'
    echo '      the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it' >>"$work/details"
    line differs
fi
{% endif -%}
{% for kind in log_settings.kinds -%}
{% if kind.words -%}
settings {{ kind.name }} {{ kind.words | sh }} \
    {{ kind.other_words | sh }} \
    {{ kind.query | sh }}
{% endif -%}
{% endfor -%}
{% endif %}
case $steps,$plan in *-missing*,* | *-differs*) printf '\nNot in place.\n'; exit 1 ;; esac
printf '\nThe role and policies are in place.\n'
if [ -n "$missing" ]; then printf 'Still missing: %s (create it before you switch logs on).\n' "${missing#, }"; fi
{% if log_settings -%}
if [ -n "$off" ]; then printf 'Not switched on yet: %s (enable switches them on).\n' "${off#, }"; fi
{% endif -%}
