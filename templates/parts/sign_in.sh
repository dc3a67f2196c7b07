{% if unix_paths -%}
# Git for Windows must not take these for paths of its own.
export MSYS2_ARG_CONV_EXCL={{ unix_paths | bash_word }}
{% endif -%}
sign_in {{ identify.bash }}
