# read_alias OPTION...: read the alias.
read_alias() { get {{ log_settings.read.bash }} "$@" || failed; }
# logs KIND WORDS OTHER-WORDS QUERY: compare the settings of a kind: $found is ours, absent or other.
# The words: {% if lex_version == "v1" %}the role of the logs{% else %}whether the logs are on, for everything that is said{% endif %}; then where they go to.
# Amazon Lex takes the log group's ARN with :* at its end and without, so both count as the same.
logs() {
    read_alias --output text --query "$4"
    words=$(printf '%s\n' "$out" | tr '\t' ' ')
    case $words in
    "$2" | "$3") found=ours ;;
    None{% if lex_version == "v1" %} | {{ role_arn | bash_word }}{% endif %}) found=absent ;;
    *)
        found=other
        printf '      %s logs in the account: %s\n      %s logs in the bundle:  %s\n' "$1" "$words" "$1" "$2" >>"$work/details"
        ;;
    esac
}
