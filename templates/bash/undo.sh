#!/bin/sh
# Removes from AWS account {{ account_id }} what apply created, as receipt.txt says, and nothing else. From {{ generator | safe }}.
{%- for step in undo %}
#   {{ loop.index }}. {{ step.undo.title | comment }}
{%- endfor %}
#
# usage: sh undo.sh [--dry-run] [--yes] [--without-receipt] [--verbose] [--profile NAME] [--region NAME]
#   --dry-run           print the plan and the commands that would run, change nothing
#   --yes               do not ask before the first change
#   --without-receipt   remove what is exactly as this bundle creates it, whoever created it
#   --verbose           also print the commands that only read
# Exit codes: 0 done, 2 refused before any change, 3 a call failed.

{% set script = "undo" -%}
{% include "parts/start.sh" -%}
used=''

{% include "parts/made.sh" -%}
# In the first pass, decide what happens to the step's thing. In the second, remove it.
remove() {
    case $phase-$plan in
    compare-*) decide ;;
    *" $number-remove "*) if [ -z "$full" ]; then remove_versions; run removing removed "$@"; fi ;;
    *" $number-absent "*) made "$resource"; case $last in creat*) record "removed: $resource" ;; esac ;;
    esac
}
decide() {
    made "$resource"
    # A policy that apply created goes, and so does its attachment, whoever made that.
    case $last-$resource in created-*) ;; *' on '*) made "${resource% on *}" ;; esac
    case $last-$state-$elsewhere$full/$given in
    *-create-*) line absent ;;
    created-*-/* | creating-'in place'-/* | *-'in place'-/*' --without-receipt '*)
        line remove
        printf '%s\n' "${resource% on *}" >>"$work/going"
        ;;
    *)
        if [ "$full" = yes ]; then printf '      it is not empty\n' >>"$work/details"; else
            printf '      the receipt does not say that apply created it as it is\n' >>"$work/details"; fi
        line keep
        ;;
    esac
}
# IAM deletes a policy only when its other versions are gone.
remove_versions() {
    case $resource in *' on '*) return ;; *:policy/*) ;; *) return ;; esac
    get aws iam list-policy-versions --policy-arn "$resource" --query 'Versions[?! IsDefaultVersion].[VersionId]' --output text
    versions
    for version in $out; do
        run "deleting $version" "deleted $version" \
            aws iam delete-policy-version --policy-arn "$resource" --version-id "$version"
    done
}
# unused COMMAND...: nobody else may use what will be removed. The command prints who does, a line each.
unused() {
    case $phase-$plan in compare-*" $number-remove "*) ;; *) return ;; esac
    get "$@" --output text || return 0
    if grep -vxF -f "$work/going" "$work/out" | sed -n 's/^..*/      used by: &/p' | grep .; then used=yes; fi
}
{% if create_log_group or create_bucket -%}
# holds COMMAND...: what holds logs stays, and so does what no receipt names. The command prints something if it holds any.
holds() {
    full=''
    case $phase-$plan in compare-* | *" $number-remove "*) ;; *) return ;; esac
    made "$resource"
    case $last in created | creating) ;; *) full=unknown ;; esac
    if get "$@" --output text && [ -n "$out" ] && [ "$out" != None ]; then full=yes; fi
    if [ "$phase-$full" = run-yes ]; then printf 'kept: %s: it is not empty\n\n' "$what"; fi
}
# with_it RESOURCE: it went with the thing of this step.
with_it() {
    case $phase-$plan-$full in run-*" $number-remove "*-) record "removed: $1" ;; esac
}
{% include "parts/things.sh" -%}
{% elif tags or permissions_boundary -%}
{% include "parts/things.sh" -%}
{% endif %}
begin undo '--dry-run --yes --without-receipt' {{ partition }} {{ account_id }} {{ region }} "$@"{% include "parts/protection.sh" %}
if [ ! -f receipt.txt ] && ! has --without-receipt; then
    stop 2 'there is no receipt.txt beside this script, so it is not known what apply created. README.md says what to do.'
fi
printf '%s\n' {{ role_name | sh }} >"$work/going"

# The steps, which run twice: to compare, then to do.
steps() {
full=''
{% for step in undo -%}
{% include "parts/step.sh" -%}
{% if step.undo.contents -%}
holds {{ step.undo.contents | sh(compact=true) }}
{% endif -%}
remove {{ step.undo.command | sh(compact=true) }}
{% for user in step.undo.users -%}
unused {{ user | sh(compact=true) }}
{% endfor -%}
{% for child in step.children -%}
with_it {{ child | sh }}
{% endfor -%}
{% if not loop.last %}
{% endif -%}
{% endfor -%}
}

echo 'Plan:'
steps
if [ -n "$used" ]; then stop 2 'something else uses what would be removed, as shown above.'; fi
confirm "Remove these $changes from account {{ account_id }}?" {{ digest }}
steps
if has --dry-run; then echo 'Dry run: nothing was changed.'; else echo 'Done. receipt.txt lists what was removed.'; fi
