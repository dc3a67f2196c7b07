call .\functions.cmd sign_in {{ identify.cmd }}

rem --- What is there ----------------------------------------------------------
{% if existing_role %}
call .\functions.cmd subject role {{ existing_role_look.title | cmd_word }} none
{% for look in existing_role_look.looks -%}
call .\functions.cmd look {{ look.aspect }} {{ look.cmd }}
{% endfor -%}
call .\functions.cmd settle
{% endif -%}
{% for step in apply %}
call .\functions.cmd subject {{ step.number }} {{ step.look_title | cmd_word }} {{ step.parent }}{% if step.regional %} regional{% endif %}
{% for look in step.looks -%}
call .\functions.cmd look {{ look.aspect }} {{ look.cmd }}
{% endfor -%}
call .\functions.cmd settle
{% endfor -%}
