"""Reads reStructuredText pages by docutils and prints JSON: for each {"blocks": [text...], "html", "warnings": [text...]}.

    python rst_blocks.py FILE...
"""

import io
import json
import sys

import docutils.core
import docutils.nodes

pages = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    warnings = io.StringIO()
    settings = {"report_level": 1, "halt_level": 5, "warning_stream": warnings, "embed_stylesheet": False}
    tree = docutils.core.publish_doctree(text, settings_overrides=settings)
    html = docutils.core.publish_parts(text, writer="html5", settings_overrides=settings)["body"]
    pages.append({
        "blocks": [node.astext() + "\n" for node in tree.findall(docutils.nodes.literal_block)],
        "html": html,
        "warnings": warnings.getvalue().splitlines(),
    })
print(json.dumps(pages))
