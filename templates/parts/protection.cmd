{% if log_group_deletion_protection %}
rem A skeleton sends nothing to AWS.
call .\functions.cmd read aws logs put-log-group-deletion-protection --generate-cli-skeleton
if not "%RC%"=="0" call .\functions.cmd stop 2 ^
    "this AWS CLI does not know the deletion protection of log groups: use version 1.43.3, 2.32.4 or a newer one." || goto end{% endif -%}
