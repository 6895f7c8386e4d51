"""CHANGELOG.md tells of the version that is here, and of those before it."""

import re

import dezero_lite
from tests.support.site_facts import ROOT


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == dezero_lite.__version__
    assert versions == sorted(versions, key=lambda version: [int(part) for part in version.split(".")], reverse=True)
