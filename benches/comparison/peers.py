"""The peers: one Python process with Jinja2 and zipfile, and the Python APIs of cookiecutter and copier.

They run in the environment that `benches/compare` made for them:

    peers.py layout TEMPLATES CONTEXTS FOLDER           converts the templates for each of them
    peers.py jinja2|cookiecutter|copier FOLDER CONTEXTS OUT FIRST COUNT
                                                        makes zips; prints the seconds that it took

CONTEXTS holds a line of JSON for each bundle, as contexts.rs writes them. Reading it is not on the clock, nor is the
start of Python, the first bundle, or the removal of the folders that cookiecutter and copier leave.
"""

import itertools
import json
import shutil
import sys
import time
import zipfile
from pathlib import Path

import convert

#: Where the templates stand that are not put into a bundle by themselves, for cookiecutter.
INCLUDED = "templates"


def main(arguments):
    """Does what the command line asks for."""
    if arguments[0] == "layout":
        lay_out(*map(Path, arguments[1:]))
        return
    kind, folder, contexts, out, first, count = arguments
    maker = {"jinja2": Jinja2, "cookiecutter": Cookiecutter, "copier": Copier}[kind](Path(folder), Path(out))
    first, count = int(first), int(count)
    seconds = 0.0
    with open(contexts, encoding="utf-8") as lines:
        for line in itertools.islice(lines, first, first + 1):
            maker.make(json.loads(line))
            maker.tidy()
        lines.seek(0)
        for line in itertools.islice(lines, first, first + count):
            context = json.loads(line)
            start = time.perf_counter()
            maker.make(context)
            seconds += time.perf_counter() - start
            maker.tidy()
    print(json.dumps({"seconds": seconds, "rows": count}))


def lay_out(templates, contexts, folder):
    """Writes the templates as each of the peers wants them."""
    import jinja2
    from jinja2 import meta

    with open(contexts, encoding="utf-8") as lines:
        first = json.loads(next(lines))
    files = first["files"]
    converter = convert.Converter(templates, first["templates"])
    sources = {name: converter.convert(name) for name in first["templates"]}
    texts = {}
    for file, name in convert.outputs(sources, files).items():
        texts[file] = convert.as_given(file) if name is None else sources[name]

    convert.write(sources, folder / "jinja2")
    convert.write(texts, folder / "jinja2" / "bundle")

    convert.write(sources, folder / "copier")
    convert.write(texts, folder / "copier" / "bundle")
    (folder / "copier" / "copier.yml").write_text(
        '_subdirectory: bundle\n_templates_suffix: ""\n_jinja_extensions: [filters.Filters]\n'
        "_envops: {keep_trailing_newline: true}\n"
    )

    # cookiecutter has all variables in one of its own; there they are put where the templates look for them.
    environment = jinja2.Environment(extensions=["filters.Filters"])

    def variables(text):
        tree = environment.parse(text)
        names = meta.find_undeclared_variables(tree)
        for included in meta.find_referenced_templates(tree):
            names |= variables(sources[included])
        return names

    given = {"given", *first["variables"]}
    root = folder / "cookiecutter"
    place = root / "{{cookiecutter._bundle.name}}"
    convert.write(sources, root / INCLUDED)

    def with_variables(text):
        names = sorted(variables(text) & given)
        if not names:
            return text
        # In one statement, which Jinja2 compiles faster than one for each: cookiecutter compiles anew for each bundle.
        return f"{{% set {', '.join(names)} = {', '.join(f'cookiecutter._bundle.{name}' for name in names)} %}}{text}"

    convert.write({file: with_variables(text) for file, text in texts.items()}, place)
    (root / "cookiecutter.json").write_text('{"_extensions": ["filters.Filters"], "_bundle": {}}\n')
    for file, mode in files.items():
        for copied in (place, folder / "copier" / "bundle"):
            (copied / file).chmod(mode)


def pack(path, name, files):
    """Writes a zip as lexlogs does: stored, sorted, with one date. `files` are names, modes and contents."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file, mode, content in files:
            entry = zipfile.ZipInfo(f"{name}/{file}")
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, content)


class Jinja2:
    """All templates are compiled once, and kept."""

    def __init__(self, folder, out):
        import jinja2

        self.out = out
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder / "jinja2"),
            extensions=["filters.Filters"],
            keep_trailing_newline=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
        )
        self.templates = {}

    def render(self, name, variables):
        """The text that a template gives."""
        template = self.templates.get(name)
        if template is None:
            template = self.templates[name] = self.environment.get_template(name)
        return template.render(variables)

    def make(self, context):
        """Makes one zip."""
        variables = {**context["variables"], "given": context["given"]}
        files = [(file, mode, self.render(f"bundle/{file}", variables)) for file, mode in context["files"].items()]
        pack(self.out / context["account"] / f"{context['name']}.zip", context["folder"], files)

    def tidy(self):
        """There is nothing to remove."""


class Folders:
    """A peer that makes folders, which are zipped then."""

    def __init__(self, folder, out):
        self.out = out
        self.work = out / "folders"
        self.work.mkdir(parents=True, exist_ok=True)

    def make(self, context):
        """Makes one zip."""
        folder = context["folder"]
        self.render(context)
        files = [
            (file, mode, (self.work / folder / file).read_bytes()) for file, mode in context["files"].items()
        ]
        pack(self.out / context["account"] / f"{context['name']}.zip", folder, files)

    def tidy(self):
        """Removes the folders."""
        shutil.rmtree(self.work)
        self.work.mkdir()


class Cookiecutter(Folders):
    """By `cookiecutter.main.cookiecutter`."""

    def __init__(self, folder, out):
        super().__init__(folder, out)
        from cookiecutter.main import cookiecutter

        self.cookiecutter = cookiecutter
        self.template = str(folder / "cookiecutter")
        # Not in the home of whoever runs this.
        self.config = {"replay_dir": str(out / "replay"), "cookiecutters_dir": str(out / "cookiecutters")}

    def render(self, context):
        """Renders into a folder."""
        bundle = {**context["variables"], "given": context["given"], "name": context["folder"]}
        self.cookiecutter(
            self.template,
            no_input=True,
            extra_context={"_bundle": bundle},
            output_dir=str(self.work),
            default_config=self.config,
        )


class Copier(Folders):
    """By `copier.run_copy`."""

    def __init__(self, folder, out):
        super().__init__(folder, out)
        import copier

        self.copier = copier
        self.template = str(folder / "copier")

    def render(self, context):
        """Renders into a folder."""
        self.copier.run_copy(
            self.template,
            str(self.work / context["folder"]),
            data={**context["variables"], "given": context["given"]},
            defaults=True,
            quiet=True,
            unsafe=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
