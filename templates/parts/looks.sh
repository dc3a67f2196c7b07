{% include "parts/sign_in.sh" -%}

# --- What is there ----------------------------------------------------------
{% if existing_role %}
subject role {{ existing_role_look.title | bash_word }} none
{% for look in existing_role_look.looks -%}
look {{ look.aspect }} {{ look.bash }}
{% endfor -%}
settle
{% endif -%}
{% for step in apply %}
subject {{ step.number }} {{ step.look_title | bash_word }} {{ step.parent }}
{% for look in step.looks -%}
look {{ look.aspect }} {{ look.bash }}
{% endfor -%}
settle
{% endfor -%}
