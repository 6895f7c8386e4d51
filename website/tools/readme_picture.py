"""Draws the picture of README.md anew: `python -m website.tools.readme_picture`. A test compares the two."""

from pathlib import Path

from figures import registry
from figures.palette import COLOURS

FIGURE = "step15_right"
FILE = Path(__file__).parents[2] / ".github" / "picture.svg"
NOTE = "<!-- from figures/, by website/tools/readme_picture.py -->\n"


def picture() -> str:
    """Return the figure on paper of its own: where a README is shown, nobody knows what is behind it."""
    head, end, rest = registry.svg(FIGURE).partition(">")
    return f'{NOTE}{head} style="background:{COLOURS["paper"]}"{end}{rest}\n'


if __name__ == "__main__":
    FILE.write_text(picture(), encoding="utf-8")
