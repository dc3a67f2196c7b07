{% if step.subject == "role" -%}
role {{ role_name | bash_word }} LexConversationLogsAssumeRolePolicyDocument.json{% if role_path or permissions_boundary %} {% if role_path %}{{ role_path | bash_word }}{% else %}/{% endif %}{% endif %}{% if permissions_boundary %} {{ permissions_boundary | bash_word }}{% endif %}
{% elif step.subject == "policy" -%}
policy {{ step.policy_name | bash_word }} {{ step.document }}
{% elif step.subject == "attachment" -%}
attachment {{ step.policy_name | bash_word }} {{ role_name | bash_word }}
{% else -%}
thing {{ step.thing | bash_word }} \
    {{ step.resource | bash_word }}
{% endif -%}
{% for check in step.checks -%}
expect {{ check.property }} {{ check.value | bash_word }} \
    {{ check.bash }}
{% endfor -%}
