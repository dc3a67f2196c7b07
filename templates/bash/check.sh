#!/bin/sh
# check.sh - says whether the AWS account {{ account_id }} is as this bundle makes it. It changes nothing.
# Made by {{ generator }}. It looks at this, in this order:
{%- for step in apply %}
#   {{ step.number }}. {{ step.look_title }}
{%- endfor %}
{%- if targets %}
# and at what the logs are written to{% if log_settings %}, and at the bot and its alias{% endif %}.
{%- elif log_settings %}
# and at the bot and its alias.
{%- endif %}
#
#   sh check.sh              look
#   sh check.sh --help       all options
#
# It needs a shell (bash, dash, busybox, ksh, zsh) and the AWS CLI, version 1 or 2.
# Exit codes: 0 in place; 1 something is absent or differs; 2 refused; 3 a call failed, so it could not tell.

# (Queries hold backquotes, which are JMESPath's{% if log_settings %}; a search holds quotes of its own{% endif %}.)
# shellcheck shell=sh source=functions.sh disable=SC2016{% if log_settings %},SC1003{% endif %}

# --- Functions --------------------------------------------------------------

usage() {
    cat <<'USAGE'
usage: sh check.sh [--dry-run] [--profile NAME] [--region NAME]
  --dry-run          print every command, call nothing
  --profile NAME     use this profile of the AWS CLI
  --region NAME      send the calls to this Region's endpoints
USAGE
}

{% if targets or log_settings -%}
# Looks at what is no step's, which the caller may not be permitted to.
look_target() {
    aspect=$1
    shift
    call "$@"
    if [ "$dry_run" = yes ]; then return; fi
    case $code-$err in
    0-*) ;;
    *'(AccessDenied'* | *'(403)'*)
        printf '%s\n' "$err" >&2
        printf '  could not be looked at: it is not permitted, or another account has it\n'
        found=unknown unseen=yes
        return
        ;;
    *'(NoSuchBucket)'* | *'(404)'* | *'(ResourceNotFoundException)'* | *'(NotFoundException)'*) out=absent ;;
    *) failed ;;
    esac
    case $out in
    '') found=same ;;
    absent) found=absent ;;
    *) differs ;;
    esac
}

{% endif -%}
{% set script = "check" -%}
{% set steps = apply | length -%}
{% include "parts/begin.sh" %}
# --- Before anything is looked at -------------------------------------------

switches=''
options "$@"
{{ looks.sh -}}
{% if targets -%}
unseen=
{% endif -%}
{% for target in targets %}
subject {{ target.subject }} {{ target.title | bash_word }} none
{% for look in target.looks -%}
look_target {{ look.aspect }} {{ look.bash }}
{% endfor -%}
settle
{% endfor %}{%- if log_settings -%}
{% for premise in log_settings.looks %}
subject {{ premise.subject }} {{ premise.title | bash_word }} none
{% for look in premise.looks -%}
look_target {{ look.aspect }} {{ look.bash }}
{% endfor -%}
settle
{% endfor -%}
{% endif %}
{% if log_settings and log_settings.deliveries -%}
# --- Whether logs arrive ----------------------------------------------------

printf '\nLooking at what was delivered in the last hour:\n'
# Where it is UTC1 the clock is an hour behind.
start=$(TZ=UTC1 date +%Y-%m-%dT%H:%M:%SZ) end=$(TZ=UTC0 date +%Y-%m-%dT%H:%M:%SZ)
call {{ log_settings.deliveries.bash }}
if [ "$code" != 0 ]; then
    printf '%s\n' "$err" >&2
    printf '  could not be looked at\n'
    unseen=yes
elif [ -n "$out" ]; then
    printf '%s\n' "$out" | sed 's/^/  /'
elif [ "$dry_run" = no ]; then
    printf '  nothing: no conversation was logged, and none failed to be\n'
fi

{% endif -%}
# --- What that means --------------------------------------------------------

if [ "$dry_run" = yes ]; then
    printf '\nDry run: nothing was called.\n'
    exit 0
fi
{% if targets -%}
if [ -n "$unseen" ]; then
    printf '\ncheck: warning: not everything could be looked at, as said above.\n' >&2
fi
{% endif -%}
if [ -n "$verdict" ]; then
    printf '\nNot in place:\n%s' "$verdict"
    exit 1
fi
printf '\nIn place, as this bundle makes it.\n'
exit 0
