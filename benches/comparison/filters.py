"""The filters of the project's templates, for Jinja2: the same text as src/shell.rs, src/json.rs and
src/markdown.rs give, without the refusals, for the peers are given right values only."""

import json
import re

from jinja2.ext import Extension
from markupsafe import escape

PLAIN = re.compile(r"[A-Za-z0-9_+.@:/-]+")
#: What an interactive shell would expand in double quotes, or end them.
SPECIAL = re.compile(r'["$`\\\n]|!(?![= ])')


def sh_word(word):
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


def shell(quote, continuation):
    """The filter of a shell: a word, or a call of the plan, which is a list of words that belong together."""

    def text(value, compact=False, indent=0):
        if isinstance(value, str):
            return quote(value)
        operation, *options = [" ".join(map(quote, words)) for words in value]
        written, line = operation, len(operation)
        for option in options:
            line += 1 + len(option)
            if line > (90 if compact else 0):
                written += continuation + " " * indent
                line = 4 + len(option)
            else:
                written += " "
            written += option
        return written

    return text


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
    """A text with the line ends of Windows."""
    return text.replace("\n", "\r\n")


class Filters(Extension):
    """All of them, as the peers take them."""

    def __init__(self, environment):
        super().__init__(environment)
        environment.filters.update(
            sh=shell(sh_word, " \\\n    "),
            cmd=shell(cmd_word, " ^\n    "),
            comment=comment,
            json=json_text,
            markdown=markdown,
            html=html,
            crlf=crlf,
        )
