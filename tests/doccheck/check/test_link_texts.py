"""Links lead where their text says, and pages that are named by number exist."""

from __future__ import annotations

import pytest

from tests.support.sample_project import Project

SETTINGS = 'next-page = { aa = "next step" }\nfolders = "parts.toml"\n'
STEP = "# Step {0}: A title {{#step{0}}}\n\n## The idea {{#idea}}\n\n{1}\n"


def _problems(project: Project, text: str) -> list[str]:
    file = project.root / "pyproject.toml"
    file.write_text(file.read_text().replace('["aa", "bb", "cc"]', '["aa"]') + SETTINGS)
    (project.root / "parts.toml").write_text("[[part]]\npages = [{ step = 1 }, { step = 5 }]\n")
    project.write("index.md", "# Home of 3 {#home}\n", "aa")
    for number in (1, 3, 4):
        project.write(f"part/step0{number}.md", STEP.format(number, "Words."), "aa")
    project.write("part/step02.md", STEP.format(2, text), "aa")
    return project.problems("aa/part/step02.md")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[step 3](step04.md)", "the link [step 3](step04.md) names 3, and leads to 'Step 4: A title'"),
        ("[4](step03.md)", "the link [4](step03.md) names 4, and leads to 'Step 3: A title'"),
        ("[the 4 parts](../index.md)", "names 4, and leads to 'Home of 3'"),
        ("Go on to the [next step](step04.md).", "leads to 'Step 4: A title', which is not the next page"),
        ("Go on to the [next step](step01.md).", "leads to 'Step 1: A title', which is not the next page"),
        ("See step 6.", "no page is named 'step 6'; there are 1 to 5; fix the number"),
        ("See steps\n7 and more.", "no page is named"),
    ],
)
def test_a_link_that_leads_elsewhere_is_found(project: Project, text: str, message: str) -> None:
    [found] = _problems(project, text)
    assert found.startswith("pages/aa/part/step02.md:5: ") and message in found


def test_links_that_lead_where_they_say_pass(project: Project) -> None:
    text = (
        "The [next step](step03.md), [step 3](step03.md#idea), steps [1](step01.md) and 5, [the idea](#idea), "
        "[all 3](../index.md), [elsewhere](https://example.org/4), [what step 4 says](step04.md)."
    )
    assert _problems(project, text) == []
