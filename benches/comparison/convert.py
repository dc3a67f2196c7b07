"""The project's Tera templates as Jinja2 templates, so that the peers render the same files.

Both languages look alike; what differs in them, and is used in templates/, is rewritten here. What is not known is
refused: a peer must not be measured on less than the whole template.
"""

import re
from pathlib import Path

#: The folders of which each template gives a file of a bundle.
OUTPUTS = ("policies", "bash", "cmd", "docs", "html")

#: A tag, with its signs of whitespace control.
TAG = re.compile(r"\{([{%])(-?)(.*?)(-?)([}%])\}", re.DOTALL)
#: `replace(from=a, to=b)`: Jinja2 calls them otherwise.
REPLACE = re.compile(r"replace\(from=(\"[^\"]*\"), to=(\"[^\"]*\")\)")
#: `join(sep=a)`, likewise.
JOIN = re.compile(r"join\(sep=(\"[^\"]*\")\)")
#: What a dict of Python has of its own, so that `.items` would be that and not the member of that name.
OF_DICTS = re.compile(r"\.(" + "|".join(name for name in dir(dict) if not name.startswith("_")) + r")\b(?!\()")


class Converter:
    """Rewrites templates of a folder, which are named by their paths below it."""

    def __init__(self, folder, names):
        self.sources = {name: (folder / name).read_bytes().decode("utf-8") for name in names}

    def convert(self, name):
        """The text of one template in Jinja2's language."""
        text = self.sources[name]
        counters = sorted(set(re.findall(r"set_global (\w+) =", text)))
        # In scripts the values of the rows are as they are without quotes.
        escape = {"html": "html", "json": "json"}.get(name.rsplit(".", 1)[-1])

        def tag(match):
            opening, left, inner, right, _ = match.groups()
            if opening == "%":
                return f"{{%{left}{self._statement(inner, counters)}{right}%}}"
            inner = self._common(inner, counters)
            if "<" in inner:
                raise SystemExit(f"compare: `{inner.strip()}` in {name} has no counterpart in convert.py")
            if escape and not re.search(r"\|\s*safe\s*$", inner):
                # As Tera does by itself in such files.
                inner = f" ({inner.strip()}) | {escape} "
            return f"{{{{{left}{inner}{right}}}}}"

        # What is in `raw` is no template.
        parts = re.split(r"(\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\})", text, flags=re.DOTALL)
        parts[::2] = [TAG.sub(tag, part) for part in parts[::2]]
        text = "".join(parts)
        if name.startswith("cmd/"):
            # cmd.exe wants CRLF, as the files of lexlogs have.
            text = f"{{% filter crlf %}}{text}{{% endfilter %}}"
        return "".join(f"{{% set {name} = namespace(value=0) %}}" for name in counters) + text

    def _statement(self, text, counters):
        words = text.split()
        if words[0] == "set_global":
            target, value = re.fullmatch(r"\s*set_global (\w+) = (.*)", text, re.DOTALL).groups()
            return f" set {target}.value = {self._common(value, counters)}"
        known = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "include")
        if words[0] not in known:
            raise SystemExit(f"compare: the tag `{words[0]}` of a template has no counterpart in convert.py")
        return self._common(text, counters)

    @staticmethod
    def _common(text, counters):
        text = REPLACE.sub(r"replace(\1, \2)", text)
        text = JOIN.sub(r"join(\1)", text)
        text = OF_DICTS.sub(r'["\1"]', text)
        for name in counters:
            text = re.sub(rf"(?<![\w.]){name}(?![\w.])", f"{name}.value", text)
        return text


def outputs(templates, files):
    """Which template gives each of these files of a bundle; none for what is given to the peers ready."""
    found = {}
    for file in files:
        names = [f"{folder}/{file}" for folder in OUTPUTS if f"{folder}/{file}" in templates]
        found[file] = names[0] if names else None
    return found


def write(sources, folder):
    """Writes templates into a folder."""
    for name, text in sources.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def as_given(file):
    """The template of a file whose text the peers are given."""
    return f'{{{{ given["{file}"] }}}}'
