{% if step.subject == "role" -%}
call .\functions.cmd role {{ role_name | cmd }} LexConversationLogsAssumeRolePolicyDocument.json{% if role_path or permissions_boundary %} {% if role_path %}{{ role_path | cmd }}{% else %}/{% endif %}{% endif %}{% if permissions_boundary %} {{ permissions_boundary | cmd }}{% endif %}
{% elif step.subject == "policy" -%}
call .\functions.cmd policy {{ step.policy_name | cmd }} {{ step.policy }}
{% elif step.subject == "attachment" -%}
call .\functions.cmd attachment {{ step.policy_name | cmd }} {{ role_name | cmd }}
{% else -%}
call :thing {{ step.thing | cmd }} ^
    {{ step.resource | cmd }}
{% endif -%}
{% for check in step.checks -%}
call :expect {{ check.property }} {{ check.value | cmd }}
call :read {{ check.command | cmd(compact=true) }}
{% endfor -%}
