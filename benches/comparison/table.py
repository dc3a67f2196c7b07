"""What was measured beside its goals."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One figure."""

    what: str
    #: As it is printed, with its unit.
    value: str
    #: The goal in words; empty where there is none.
    goal: str = ""
    reached: bool | None = None

    @property
    def verdict(self):
        """Whether the goal was reached, in words."""
        return {None: "", True: "reached", False: "not reached"}[self.reached]


def at_least(what, value, goal, unit=" ×"):
    """A figure that is to be as large as its goal, or larger."""
    return Line(what, f"{value:,.2f}{unit}", f"≥ {goal:g}{unit}", value >= goal)


def at_most(what, value, goal, unit=" ×"):
    """A figure that is to be as small as its goal, or smaller."""
    return Line(what, f"{value:,.2f}{unit}", f"≤ {goal:g}{unit}", value <= goal)


def figure(what, value, unit):
    """A figure without a goal."""
    digits = 0 if value >= 1000 else 1 if value >= 100 else 2
    return Line(what, f"{value:,.{digits}f}{unit}")


def as_text(title, lines):
    """A table for the terminal."""
    width = max(len(line.what) for line in lines)
    rows = [f"  {line.what:{width}}  {line.value:>16}  {line.goal:>12}  {line.verdict}".rstrip() for line in lines]
    return "\n".join([f"{title}:", *rows, ""])


def as_markdown(title, lines):
    """The same for a page."""
    rows = [f"| {line.what} | {line.value} | {line.goal} | {line.verdict} |" for line in lines]
    return "\n".join([f"## {title}", "", "| | | goal | |", "|---|---:|---:|---|", *rows, ""])
