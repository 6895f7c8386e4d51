"""What Lighthouse says of the site on a phone: `make lighthouse`. Not part of `make test`, for it takes minutes.

Builds the site, serves it as a host would, and judges the home page and a lesson in each language. Each page is
judged three times, because one judgement in a busy moment says little; the middle one counts.

Lighthouse takes this machine for a fast desktop and slows its processor down by four, to that of a middling phone.
Where its own benchmark says that the machine is slower, it would emulate a slower phone; so the factor is less here,
as Lighthouse's documentation advises: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from website.tools.kept_site import address_to_try, put_site
from website.tools.server import serving
from website.words.labels import all_labels

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".cache" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = (90, 95, 95, 95)  # the first moves by three with what else the machine does; 95 is what to aim at
RUNS = 3
PAGES = [f"{lang}/{page}" for lang in all_labels()["language_name"] for page in ("", "stage1/step04/")]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FAST = 1750  # Lighthouse's benchmark on the desktops that the factor 4 is meant for: 1500 to 2000


def main() -> None:
    """Print a row for each page, and fail if a score is too low."""
    if not any(map(shutil.which, BROWSERS)):
        sys.exit(f"Lighthouse drives a browser, and none of {', '.join(BROWSERS)} is on PATH.")
    address = address_to_try(ROOT)  # search engines are told of it, and Lighthouse looks whether that is right
    with TemporaryDirectory() as around:
        folder = Path(around, "site")
        if wrong := put_site(ROOT, folder, address):
            sys.exit(wrong)
        with serving(folder, address):
            first = judgement(address + PAGES[0], 1)
            factor = slowdown(first["environment"]["benchmarkIndex"])
            print(heading(first, factor))
            rows = [(page, middle([judgement(address + page, factor) for _ in range(RUNS)])) for page in PAGES]
    print("\n".join(f"{page:20}" + "".join(f"{score:16}" for score in scores) for page, scores in rows))
    if any(score < least for _, scores in rows for score, least in zip(scores, LEAST, strict=True)):
        sys.exit(f"A score is under {', '.join(map(str, LEAST))}.")


def judgement(page: str, factor: float) -> dict[str, Any]:
    """Lighthouse's report on a page; its mobile preset is what it does unasked."""
    command = [
        str(TOOLS / "bin" / "node"),
        str(TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"),
        page,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--throttling.cpuSlowdownMultiplier={factor}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def slowdown(benchmark: float) -> float:
    """The factor that makes this processor a middling phone's."""
    return round(min(4.0, max(1.0, 4 * benchmark / FAST)), 1)


def middle(reports: Sequence[dict[str, Any]]) -> list[int]:
    """The scores of each category in the report whose performance is the middle one."""
    all_scores = [[round(100 * report["categories"][name]["score"]) for name in CATEGORIES] for report in reports]
    return sorted(all_scores)[len(all_scores) // 2]


def heading(report: dict[str, Any], factor: float) -> str:
    """Which Lighthouse and which browser judge, how fast this machine is, and the head of the table."""
    browser = report["environment"]["hostUserAgent"].partition("Chrome/")[2].partition(" ")[0]
    told = f"Lighthouse {report['lighthouseVersion']}, Chromium {browser}, mobile"
    speed = f"benchmark {report['environment']['benchmarkIndex']:.0f}, slowed down {factor} times"
    return f"{told}; {speed}\n{'':20}" + "".join(f"{name:>16}" for name in CATEGORIES)


if __name__ == "__main__":
    main()
