"""What parliament finds in policy documents: parliament_findings.py FILE...

Prints a line for each finding: the file's name, a tab, and parliament's name for it; and one with a blank name for what
parliament cannot read at all.
"""

import sys
import warnings
from pathlib import Path

# Of the packages that it is made with, not of the documents.
warnings.simplefilter("ignore")

import parliament  # noqa: E402

print(parliament.__version__)
for path in sys.argv[1:]:
    name = Path(path).name
    try:
        policy = parliament.analyze_policy_string(Path(path).read_text(encoding="utf-8"))
        found = sorted({finding.issue for finding in policy.findings})
    except Exception as error:  # noqa: BLE001: whatever it is, it is told
        found = [f"({type(error).__name__})"]
    for issue in found:
        print(name, issue, sep="\t")
