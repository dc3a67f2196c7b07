{% if log_group_deletion_protection %}
# A skeleton sends nothing to AWS.
look aws logs put-log-group-deletion-protection --generate-cli-skeleton
if [ "$code" != 0 ]; then
    stop 2 'this AWS CLI does not know the deletion protection of log groups: use version 1.43.3, 2.32.4 or a newer one.'
fi{% endif -%}
