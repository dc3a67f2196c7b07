{% if step.subject == "role" -%}
role {{ role_name | sh }} LexConversationLogsAssumeRolePolicyDocument.json{% if role_path or permissions_boundary %} {% if role_path %}{{ role_path | sh }}{% else %}/{% endif %}{% endif %}{% if permissions_boundary %} {{ permissions_boundary | sh }}{% endif %}
{% elif step.subject == "policy" -%}
policy {{ step.policy_name | sh }} {{ step.policy }}
{% elif step.subject == "attachment" -%}
attachment {{ step.policy_name | sh }} {{ role_name | sh }}
{% else -%}
thing {{ step.thing | sh }} \
    {{ step.resource | sh }}
{% endif -%}
{% for check in step.checks -%}
expect {{ check.property }} {{ check.value | sh }} \
    {{ check.command | sh(compact=true) }}
{% endfor -%}
