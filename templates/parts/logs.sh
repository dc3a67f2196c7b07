read_alias() { get {{ log_settings.read | sh(compact=true, indent=4) }} "$@"; }
# logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: $found is ours, absent, other, or unknown.
# The words: {% if lex_version == "v1" %}the role of the logs{% else %}whether the logs are on, for everything that is said{% endif %}; then where they go to.
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
