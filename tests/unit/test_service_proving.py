# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A report that carries its proof: what the attached result proves, and whether the pages say the same."""

import json
import re
from contextlib import ExitStack
from dataclasses import replace

import pytest
from laptops import PASSPHRASE, SECRETARY, SmallRound
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

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


@pytest.fixture
def panels_copy(signed, tmp_path):
    def made(report=None, options=Options()):  # noqa: B008 - an immutable value
        path = tmp_path / "panel.pdf"
        attached = [Attachment("all.pmqa", signed["lineage"], "ทั้งหมด")]
        path.write_bytes(panel_sheet.render(report or signed["panel"], options, attached))
        return path

    return made


@pytest.mark.parametrize("options", [Options(), Options("th", "thai"), Options("en")], ids=str)
def test_a_true_copy_of_the_panel_shows_what_its_consensus_proves(panels_copy, signed, options):
    (checked,) = check_files([panels_copy(options=options)])

    assert checked.ok and checked.proof.shows_the_same is True, checked.proof.differences
    assert checked.proof.scores.display == signed["panel"].outcome.total
    assert checked.proof.tree()["state"] == "consensus"


def changed_row(report, **changes):
    return replace(report, rows=(replace(report.rows[0], **changes), *report.rows[1:]))


@pytest.mark.parametrize("options", [Options("th", "thai"), Options("en")], ids=str)
def test_a_seats_changed_score_on_the_panels_copy_is_told_with_the_row(panels_copy, signed, options):
    row = signed["panel"].rows[0]
    first, *rest = row.scores
    forged = changed_row(signed["panel"], scores=(other(first), *rest))

    (checked,) = check_files([panels_copy(forged, options)])

    (difference,) = checked.proof.differences
    assert not checked.ok and difference.where == row.code
    assert difference.shown == " ".join((other(first), *rest, row.settled))


def test_a_changed_settled_score_on_the_panels_copy_is_told(panels_copy, signed):
    row = signed["panel"].rows[0]

    (checked,) = check_files([panels_copy(changed_row(signed["panel"], settled=other(row.settled)))])

    (difference,) = checked.proof.differences
    assert (difference.where, difference.proven, difference.shown) == (row.code, row.settled, other(row.settled))


def test_scores_of_two_seats_that_changed_places_are_told(panels_copy, signed):
    at, row = next((at, row) for at, row in enumerate(signed["panel"].rows) if len(set(row.scores)) > 1)
    turned = replace(row, scores=(*row.scores[1:], row.scores[0]))
    rows = (*signed["panel"].rows[:at], turned, *signed["panel"].rows[at + 1 :])

    (checked,) = check_files([panels_copy(replace(signed["panel"], rows=rows))])

    assert [one.where for one in checked.proof.differences] == [row.code]


@pytest.mark.parametrize("module", [feedback, panel_sheet], ids=["agency's", "panel's"])
def test_a_report_whose_attachment_was_taken_out_proves_nothing_and_says_so(signed, tmp_path, module):
    report, proof = ("report", "proof") if module is feedback else ("panel", "lineage")
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(module.render(signed[report], Options(), [Attachment("a.pmqa", signed[proof], "ผล")]))
    writer = PdfWriter(clone_from=whole)
    del writer.root_object["/Names"], writer.root_object["/AF"]
    writer.write(tmp_path / "bare.pdf")

    (checked,) = check_files([tmp_path / "bare.pdf"])

    assert not checked.ok and checked.proof is None
    assert [one.code for one in checked.inspection.refusals] == ["report-without-documents"]


def test_one_digit_changed_in_the_file_itself_is_told(printed, signed, tmp_path):
    """The digit is changed in the page's own drawing commands, as somebody with a PDF editor would do it."""
    path = printed()
    writer = PdfWriter(clone_from=path)
    true = signed["report"].categories[0].items[0].score
    changed = sum(with_other_digit(page, true, other(true)) for page in writer.pages)
    writer.write(tmp_path / "edited.pdf")

    (checked,) = check_files([tmp_path / "edited.pdf"])

    assert changed > 0 and not checked.ok and checked.inspection.refusals == ()
    assert {"1.1"} <= {one.where for one in checked.proof.differences}


def with_other_digit(page, true, forged):
    """Put the codes of other digits wherever the page's fonts draw a score; return how often."""
    found = 0
    content = page.get_contents().get_data()
    for name, font in page["/Resources"]["/Font"].items():
        told = font.get_object()["/ToUnicode"].get_data().decode()
        codes = {bytes.fromhex(text).decode("utf-16-be"): code for code, text in re.findall(r"<(\w{4})> <(\w+)>", told)}
        if set(true + forged) <= set(codes):
            before, after = ("".join(codes[digit] for digit in score).encode() for score in (true, forged))
            pattern = rb"(/" + name[1:].encode() + rb" [\d.]+ Tf [^\[]*\[<)" + before + rb">"
            content, count = re.subn(pattern, lambda match, after=after: match[1] + after + b">", content)
            found += count
    if found:
        stream = StreamObject()
        stream.set_data(content)
        page[NameObject("/Contents")] = stream
    return found


def test_the_panels_copy_carries_everything_it_rests_on(panels_copy, signed, tmp_path):
    path = panels_copy()

    (checked,) = check_files([path])
    (trusted,) = check_files([path], roster_file=_bundle(tmp_path, signed["lineage"]))

    assert checked.ok
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
