"""The filters of the project's templates, for Jinja2: the same text as src/dialect.rs, src/json.rs and
src/markdown.rs give, without the refusals, for the peers are given right values only."""

import json
import re

from jinja2.ext import Extension
from markupsafe import escape

PLAIN = re.compile(r"[A-Za-z0-9_+.@:/-]+")
#: What an interactive shell would expand in double quotes, or end them.
SPECIAL = re.compile(r'["$`\\\n]|!(?![= ])')


def bash_word(word):
    """A word as a POSIX shell takes it."""
    if PLAIN.fullmatch(word):
        return word
    if SPECIAL.search(word):
        return "'" + word.replace("'", r"'\''") + "'"
    return f'"{word}"'


def cmd_word(word):
    """A word as cmd.exe takes it."""
    if PLAIN.fullmatch(word):
        return word
    backslashes = word[len(word.rstrip("\\")) :]
    return f'"{word}{backslashes}"'


def comment(text):
    """A piece of a comment of either shell."""
    return text


def json_text(text):
    """A text as it stands between the quotes of a JSON string."""
    return json.dumps(text)[1:-1]


def markdown(text):
    """A text as Markdown that shows it as it is."""
    text = re.sub(r"[\\`*\[\]<>&|~]", r"\\\g<0>", text)
    # Between letters and digits an underscore emphasises nothing.
    return re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)


def html(value):
    """A value as text of HTML, with Tera's choice of character references."""
    return str(escape(value)).replace("&#34;", "&quot;")


def crlf(text):
    """A text with the line ends of Windows; the commands in it have them already."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def lf(text):
    """A text with the line ends of Unix."""
    return text.replace("\r\n", "\n")


class Filters(Extension):
    """All of them, as the peers take them."""

    def __init__(self, environment):
        super().__init__(environment)
        environment.filters.update(
            bash_word=bash_word,
            cmd_word=cmd_word,
            bash_comment=comment,
            cmd_comment=comment,
            json=json_text,
            markdown=markdown,
            html=html,
            crlf=crlf,
            lf=lf,
        )
