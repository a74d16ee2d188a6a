# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A report that carries its proof: what the attached result proves, and whether the pages say the same."""

import json
from contextlib import ExitStack
from dataclasses import replace

import pytest
from laptops import PASSPHRASE, SECRETARY, SmallRound

from pmqa_desktop.cli import run
from pmqa_desktop.messages import word_refusal
from pmqa_desktop.reports import feedback, panel_sheet, summary
from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.models import Options
from pmqa_desktop.services.exchange.checking import check_files
from pmqa_desktop.services.registry.publishing import PublishingService
from pmqa_desktop.services.reporting import filling
from pmqa_desktop.sync.pdf import write_text


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """The true feedback report's values and the bundle that proves them; and the same of the panel's copy."""
    with ExitStack() as stack:
        world = SmallRound(tmp_path_factory.mktemp("world"), stack)
        laptops = world.judged("alpha", {"expert-1": ("1.1.S1",)})
        chair = world.settled(laptops)
        office = world.laptop(SECRETARY)
        world.send(chair, office, "declaration", "scoresheet", "reveal", "consensus")
        identity = office.session.unlock(PASSPHRASE)
        publishing = PublishingService(office.session)
        yield {
            "report": filling.feedback_report(office.session, "alpha"),
            "proof": publishing.proof("alpha", identity),
            "panel": filling.panel_sheet(office.session, "alpha"),
            "lineage": publishing.lineage("alpha", identity),
            "summary": filling.public_summary(office.session, "alpha"),
        }


@pytest.fixture
def printed(signed, tmp_path):
    def made(report=None, options=Options()):  # noqa: B008 - an immutable value
        attached = [Attachment("result.pmqa", signed["proof"], "ผล")]
        path = tmp_path / "report.pdf"
        path.write_bytes(feedback.render(report or signed["report"], options, attached))
        return path

    return made


def changed_item(report, **changes):
    first = report.categories[0]
    items = (replace(first.items[0], **changes), *first.items[1:])
    return replace(report, categories=(replace(first, items=items), *report.categories[1:]))


def other(score):
    """Return the score with one digit changed."""
    return ("2" if score[0] != "2" else "3") + score[1:]


@pytest.mark.parametrize("options", [Options(), Options("th", "thai"), Options("en")], ids=str)
def test_a_true_report_shows_what_is_proven(printed, options):
    (checked,) = check_files([printed(options=options)])

    assert checked.ok and checked.proof.shows_the_same is True
    assert checked.proof.differences == ()


def test_the_command_tells_the_proven_scores(printed, signed, capsys):
    assert run(["verify", str(printed()), "--json"]) == 0

    told = capsys.readouterr()
    (proves,) = [entry["proves"] for entry in json.loads(told.out)]
    outcome = signed["report"].outcome
    assert proves["display"] == outcome.total and proves["agency"] == "alpha" and proves["level"] == outcome.level_code
    assert proves["shows_the_same"] is True
    assert proves["categories"] == {one.code: one.score for one in signed["report"].categories}
    assert len(proves["items"]) == sum(len(one.items) for one in signed["report"].categories)
    assert outcome.total in told.err


def test_one_changed_digit_of_an_item_is_told(printed, signed, capsys):
    true = signed["report"].categories[0].items[0].score
    path = printed(changed_item(signed["report"], score=other(true)))

    assert run(["verify", str(path), "--json"]) == 1

    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["ok"] is False and entry["proves"]["shows_the_same"] is False
    assert entry["proves"]["differences"] == [{"where": "1.1", "proven": true, "shown": other(true)}]
    assert [(one["code"], one["where"]) for one in entry["refusals"]] == [("report-shows-other", "1.1")]


def test_one_changed_thai_digit_of_the_total_is_told(printed, signed):
    report = signed["report"]
    total = report.outcome.total
    forged = replace(report, outcome=replace(report.outcome, total=other(total)))
    (checked,) = check_files([printed(forged, Options("th", "thai"))])

    assert [(one.where, one.shown) for one in checked.proof.differences] == [("total", other(total))]
    assert total in word_refusal(checked.added[0]) and other(total) in word_refusal(checked.added[0])


def test_one_changed_digit_of_a_category_is_told_in_english(printed, signed):
    report = signed["report"]
    second = report.categories[1]
    forged = replace(second, score=other(second.score))
    report = replace(report, categories=(report.categories[0], forged, *report.categories[2:]))
    (checked,) = check_files([printed(report, Options("en"))])

    assert [one.where for one in checked.proof.differences] == ["category 2"]


def test_another_level_is_told_beside_a_true_score(printed, signed):
    first = signed["report"].categories[0].items[0]
    line = next(line for line in signed["report"].outcome.ladder if line.code != first.level_code)
    (checked,) = check_files([printed(changed_item(signed["report"], level=line.name, level_code=line.code))])

    (difference,) = checked.proof.differences
    assert difference.where == "1.1" and difference.shown.endswith(f" {first.score}")


def test_a_line_left_out_is_told(printed, signed):
    first = signed["report"].categories[0]
    report = replace(
        signed["report"], categories=(replace(first, items=first.items[1:]), *signed["report"].categories[1:])
    )
    (checked,) = check_files([printed(report)])

    assert [(one.where, one.shown) for one in checked.proof.differences] == [("1.1", "")]


def test_pages_without_a_result_cannot_be_compared(signed, tmp_path):
    path = tmp_path / "summary.pdf"
    path.write_bytes(summary.render(signed["summary"], Options(), [Attachment("r.pmqa", signed["proof"], "ผล")]))

    (checked,) = check_files([path])

    assert checked.ok and checked.proof.shows_the_same is None


def test_the_panels_copy_carries_everything_it_rests_on(signed, tmp_path):
    path = tmp_path / "panel.pdf"
    path.write_bytes(
        panel_sheet.render(signed["panel"], Options(), [Attachment("all.pmqa", signed["lineage"], "ทั้งหมด")])
    )

    (checked,) = check_files([path])
    (trusted,) = check_files([path], roster_file=_bundle(tmp_path, signed["lineage"]))

    assert checked.ok and checked.proof is None
    assert trusted.ok, trusted.by_roster
    kinds = {admitted.kind for admitted in checked.inspection.admitted}
    assert {"roster", "criteria", "scoresheet", "reveal", "consensus"} <= kinds and "result" not in kinds


def _bundle(folder, data):
    path = folder / "roster.pmqa"
    path.write_bytes(data)
    return path


def test_text_that_cannot_be_read_is_no_error(tmp_path):
    broken = tmp_path / "r.pdf"
    broken.write_bytes(b"%PDF-1.7\nnot so")

    assert write_text(broken, tmp_path) is False
