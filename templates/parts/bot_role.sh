# The bot's role, with which Amazon Lex writes the logs, is compared and never changed.
bot_role() {
    what='role {{ role_name | safe }} of bot {{ bot_id }}' state=unknown
    get {{ log_settings.read_bot | sh(compact=true, indent=4) }} || return
    case $out in
{%- if existing_role and not role_path %}
    "True${tab}arn:{{ partition }}:iam::{{ account_id }}:role/"*) state='in place'; return ;;
{%- else %}
    {{ role_arn | sh }}) state='in place'; return ;;
{%- endif %}
    esac
    state=differs
    printf '      in the account:  %s\n      in the bundle:   %s\n' "${out#*"$tab"}" \
        {{ role_arn | sh }} >>"$work/details"
}
# Whether the bot is directed at children: Amazon Lex writes no conversation logs for it then.
for_children() { get {{ log_settings.read_privacy | sh(compact=true, indent=4) }} && [ "$out" = True ]; }
