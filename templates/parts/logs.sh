read_alias() { get {{ log_settings.read | sh(compact=true, indent=4) }} "$@"; }
{% if lex_version == "v2" and (script != "check" or text_logs_selective or audio_logs_selective) -%}
# keep_selective SETTINGS: where there are any, stop if this AWS CLI neither shows nor sends selective logging, and so would
# switch it off. A skeleton sends nothing to AWS.
keep_selective() {
    case $1 in '' | None) return ;; esac
    look aws lexv2-models update-bot-alias --generate-cli-skeleton
    grep -q selectiveLoggingEnabled "$work/out" ||
        stop 2 'this AWS CLI does not know selective logging and could switch it off: use a newer one.'
}
{% endif -%}
# logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: $found is ours, absent, other, or unknown.
# The words: {% if lex_version == "v1" %}the role of the logs{% else %}whether the logs are on{% if text_logs_selective or audio_logs_selective %}, selectively if the bundle asks for that{% endif %}{% endif %}; then where they go to.
# Amazon Lex takes the log group's ARN with :* at its end and without, so both count as the same.
logs() {
    found=unknown
    read_alias --output text --query "$4" || return
    case $(printf '%s\n' "$out" | tr '\t' ' ') in
    "$2" | "$3") found=ours ;;
    None{% if lex_version == "v1" %} | {{ role_arn | sh }}{% endif %}) found=absent ;;
    *)
        found=other
        printf '      in the account:  %s logs: %s\n      in the bundle:   %s logs: %s\n' "$1" "$out" "$1" "$2" >>"$work/details"
        ;;
    esac
}
