#!/bin/sh
# Lets Amazon Lex {{ lex_version | upper }} write conversation logs in AWS account {{ account_id }}, {{ region }}. From {{ generator | safe }}.
{%- for step in apply %}
#   {{ step.number }}. {{ step.title | comment }}
{%- endfor %}
#
# usage: sh apply.sh [--dry-run] [--update] [--yes] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run   compare, print the plan and the commands that would run, change nothing
#   --update    also replace what exists and differs
#   --yes       do not ask before the first change
#   --verbose   also print the commands that only read
# Exit codes: 0 done, 1 something differs, 2 refused before any change, 3 a call failed.

{% set script = "apply" -%}
{% include "parts/start.sh" -%}
# In the first pass, print the step's line of the plan. In the second, do what the plan says.
create() {
    case $phase-$plan in
    compare-*) line "$state" ;;
    *" $number-create "*) run creating created "$@"; has --dry-run || [ -z "$waiter" ] || get aws iam wait $waiter || failed ;;
    *" $number-update "*) case $differences in *" $number-document "*) make_room; run updating updated aws iam $replacing ;; esac ;;
    *) record "in place: $resource" ;;
    esac
}
# IAM keeps five versions of a policy: of five, the oldest that is not the default goes before a new one comes.
make_room() {
    case $replacing in create-policy-version*) ;; *) return ;; esac
    get aws iam list-policy-versions --policy-arn "$resource" --output text \
        --query '[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]'
    [ "$out" = None ] || run "deleting $out" "deleted $out" aws iam delete-policy-version --policy-arn "$resource" --version-id "$out"
}
{% if existing_role -%}
{% include "parts/existing_role.sh" -%}
{% endif -%}
{% if tags or permissions_boundary or create_log_group or create_bucket -%}
{% include "parts/made.sh" -%}
{% include "parts/things.sh" -%}
{% include "parts/part_of.sh" -%}
# put COMMAND...: the same command creates and updates it.
put() {
    case $phase-$plan in run-*" $number-update "*) run updating updated "$@" ;; *) create "$@" ;; esac
}
# update PROPERTY COMMAND...: change a property that differs.
update() {
    case $phase-$plan-$differences in run-*" $number-update "*-*" $number-$1 "*) shift; run updating updated "$@" ;; esac
}
{% endif %}
begin apply '--dry-run --update --yes' {{ partition }} {{ account_id }} {{ region }} "$@"{% include "parts/protection.sh" %}

# The steps, which run twice: to compare, then to do. The commands are those of AWS's page.
steps() {
{% if existing_role -%}
existing_role {{ role_name | sh }} {{ service_principal }}{% if role_path %} {{ role_arn | sh }}{% endif %}
{% endif -%}
{% for step in apply -%}
{% include "parts/step.sh" -%}
{% if step.parent and step.subject != "attachment" -%}
part_of {{ step.parent.number }} {{ step.parent.resource | sh }}{% if step.subject == "bucket-tagging" %} left{% endif %}
{% endif -%}
{% if step.parent and step.subject != "attachment" and step.subject != "bucket-tagging" %}put{% else %}create{% endif %} {{ step.command | sh }}
{% for update in step.updates -%}
update {{ update.property }} {{ update.command | sh(compact=true) }}
{% endfor -%}
{% if not loop.last %}
{% endif -%}
{% endfor -%}
}

echo 'Plan:'
steps
case $plan in *-differs*) has --dry-run || stop 1 'something differs. --update replaces a document; README.md says more.' ;; esac
confirm "Make these $changes changes in account {{ account_id }}?" {{ digest }}
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was created, for undo.'; fi
