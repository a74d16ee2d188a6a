# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The commands about scores and what is made of them: score, results, report, practice."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from pmqa_desktop.cli.console import (
    APP,
    NO,
    OK,
    any_file,
    command,
    json_bytes,
    json_option,
    new_file,
    now,
    print_json,
    read_small,
    say,
)
from pmqa_desktop.domain.results import Results
from pmqa_desktop.messages import word
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.registry.service import RegistryService, open_registry
from pmqa_desktop.services.reporting import ABOUT_THE_ROUND, OF_A_SEAT, REPORTS, ReportingService, ReportName
from pmqa_desktop.services.reporting.service import write_whole
from pmqa_desktop.services.score import LARGEST_ANSWERS, score_command
from pmqa_desktop.services.session import Session
from pmqa_desktop.text import LANGUAGES, N_, Language, _, current_language, use_language
from pmqa_desktop.thai import Digits


@command("score", N_("Score answers by an edition; no registry is needed."))
@click.option("--edition", required=True, help=N_("Name of an edition of the program, or a TOML file."))
@click.argument("answers", type=any_file)
@json_option
def score(edition: str, answers: Path, as_json: bool) -> int:
    """Score answers and print the scores."""
    found = score_command(edition, read_small(answers, LARGEST_ANSWERS), answers.name)
    if as_json:
        print_json(found)
        return OK
    for one in found if isinstance(found, list) else [found]:
        for code, item in one["items"].items():
            click.echo(f"{code}\t{item['display'] or '-'}\t{item['level'] or ''}")
        click.echo(_("Total") + f"\t{one['total']['display'] or '-'}\t{one['level'] or ''}")
    return OK


@command("results", N_("Print scores, levels, ranking and what is missing."))
@click.argument("registry", type=any_file)
@click.option("--format", "form", type=click.Choice(["json", "csv", "xlsx"]), default="json",
              help=N_("Form of the output; json is the usual one."))  # fmt: skip
@click.option("--out", type=new_file, help=N_("Write into this file."))
@click.option("--json", "as_json", is_flag=True, hidden=True)
def results(registry: Path, form: str, out: Path | None, as_json: bool) -> int:
    """Print or write the results; incomplete ones are told in full with exit code 1."""
    if form == "xlsx" and out is None:
        raise click.UsageError(_("A workbook needs --out FILE."))
    session = open_registry(registry, clock=now, app=APP)
    try:
        service = RegistryService(session)
        service.expect_sound()
        found = service.results()
        if form == "json":
            _write_json(found, out)
        else:
            _write_table(session, form, out)
    finally:
        session.close()
    if found.problem:
        say(word(found.problem, {}))
    if not found.complete:
        told = _("Incomplete: received {received} of {expected}; agencies without a rank: {unranked}.")
        unranked = ", ".join(found.unranked) or "-"
        say(told.format(received=found.board.received, expected=found.board.expected, unranked=unranked))
    if as_json and out is not None:
        print_json({"file": str(out), "complete": found.complete})
    return OK if found.complete else NO


def _write_json(found: Results, out: Path | None) -> None:
    if out is None:
        print_json(found.to_json())
    else:
        write_whole(out, json_bytes(found.to_json()))


def _write_table(session: Session, form: str, out: Path | None) -> None:
    tables = ReportingService(session)
    if form == "xlsx" and out is not None:
        tables.workbook(out, current_language())
    elif out is not None:
        tables.csv(out, current_language())
    else:
        with TemporaryDirectory(prefix="pmqa-") as folder:
            click.echo(tables.csv(Path(folder) / "results.csv", current_language()).read_bytes(), nl=False)


@command("report", N_("Write a report as PDF."), own_language=True)
@click.argument("report", type=click.Choice(REPORTS))
@click.option("--registry", required=True, type=any_file, help=N_("The registry's file."))
@click.option("--agency", default="", help=N_("The agency's id; reports on one agency need it."))
@click.option("--seat", default="", help=N_("The seat's id, for a score sheet, a letter or a fingerprint page."))
@click.option("--out", required=True, type=new_file, help=N_("Write into this file."))
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=N_("Language of the report: th or en."))
@click.option("--digits", type=click.Choice(["arabic", "thai"]), default="arabic", help=N_("Digits in a Thai report."))
@json_option
def report(
    report: ReportName,
    registry: Path,
    agency: str,
    seat: str,
    out: Path,
    lang: Language | None,
    digits: Digits,
    as_json: bool,
) -> int:
    """Write one report from a registry."""
    if lang is not None:
        use_language(lang)
    if report not in ABOUT_THE_ROUND and not agency:
        raise click.UsageError(_("This report needs --agency ID."))
    if report in OF_A_SEAT and not seat:
        raise click.UsageError(_("This report needs --seat ID."))
    session = open_registry(registry, clock=now, app=APP)
    try:
        RegistryService(session).expect_sound()
        path = ReportingService(session).save(
            report, out, agency=agency, seat=seat, language=current_language(), digits=digits
        )
    finally:
        session.close()
    say(_("Written: {file}").format(file=path))
    if as_json:
        print_json({"file": str(path), "bytes": path.stat().st_size})
    return OK


@command("practice", N_("Build the whole practice round in a folder: every file, registry, results, reports."))
@click.argument("folder", type=any_file)
@click.option("--seed", type=int, default=7, help=N_("Whole number that every choice derives from."))
@json_option
def practice(folder: Path, seed: int, as_json: bool) -> int:
    """Walk the practice round from the roster to the reports."""
    # Loaded here because only this command typesets papers.
    from pmqa_desktop.services.practice import practice_command  # noqa: PLC0415

    told = practice_command(folder, seed, Progress(_tell_step))
    say(_("The practice round is ready: {folder}").format(folder=folder))
    if as_json:
        print_json(told)
    return OK


def _tell_step(_done: int, _of: int, what: str) -> None:
    say(f"  {what}")
