# The bot's role, with which Amazon Lex writes the logs. It is compared, never changed: $todo says what to do.
bot_role() {
    what='role {{ role_name }} of bot {{ bot_id }}'
    get {{ log_settings.read_bot.bash | replace(from="\n", to="\n    ") }} || failed
    case $out in
    *:role/aws-service-role/*)
        todo='only Amazon Lex can change this role. Use the console, or give the bot a custom role'
        ;;
{%- if existing_role and not role_path %}
    "True${tab}arn:{{ partition }}:iam::{{ account_id }}:role/"*) state='in place'; return ;;
{%- else %}
    {{ role_arn | bash_word }}) state='in place'; return ;;
{%- endif %}
    *) todo='give the bot the role of this bundle, or generate a bundle with existing-role for the role it has' ;;
    esac
    printf '      in the account: %s\n' "${out#*"$tab"}" >>"$work/details"
    state=differs
}
