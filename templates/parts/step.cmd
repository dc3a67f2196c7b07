{% if step.subject == "role" -%}
call .\functions.cmd role {{ role_name | cmd_word }} LexConversationLogsAssumeRolePolicyDocument.json{% if role_path or permissions_boundary %} {% if role_path %}{{ role_path | cmd_word }}{% else %}/{% endif %}{% endif %}{% if permissions_boundary %} {{ permissions_boundary | cmd_word }}{% endif %}
{% elif step.subject == "policy" -%}
call .\functions.cmd policy {{ step.policy_name | cmd_word }} {{ step.document }}
{% elif step.subject == "attachment" -%}
call .\functions.cmd attachment {{ step.policy_name | cmd_word }} {{ role_name | cmd_word }}
{% else -%}
call :thing {{ step.thing | cmd_word }} ^
    {{ step.resource | cmd_word }}
{% endif -%}
{% for check in step.checks -%}
call :expect {{ check.property }} {{ check.value | cmd_word }}
call :read {{ check.cmd }}
{% endfor -%}
