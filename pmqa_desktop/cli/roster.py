# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The commands about a round's roster: roster start, take, propose, show, countersign, export."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from pmqa_desktop.cli.console import (
    APP,
    NO,
    OK,
    Group,
    any_file,
    command,
    json_option,
    now,
    open_key,
    print_json,
    read_small,
    say,
)
from pmqa_desktop.cli.edits import edit_options, edited
from pmqa_desktop.cli.identity import to_option
from pmqa_desktop.domain.roster_changes import Change
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import showable, word, word_change
from pmqa_desktop.services.exchange.checking import Identity
from pmqa_desktop.services.rounds.enrolling import Enrolled, compare_all, read_enrolments
from pmqa_desktop.services.rounds.first_roster import confirm_first
from pmqa_desktop.services.rounds.healing import forked, heal, healed_body
from pmqa_desktop.services.rounds.opening import Desk
from pmqa_desktop.services.rounds.plan import LARGEST_PLAN, load_plan
from pmqa_desktop.services.rounds.rosters import (
    Documents,
    Review,
    countersign,
    newest,
    one_waiting,
    pending,
    propose,
    read_rosters,
    review,
    start_round,
    write_rosters,
)
from pmqa_desktop.services.session import iso
from pmqa_desktop.text import N_, _

_FILES = click.argument("files", nargs=-1, required=True, type=any_file)
_KEY = click.option("--key", "key_file", type=any_file, required=True, help=N_("Key file of whoever signs."))
_TRUST = click.option(
    "--trust", help=N_("Groups of the first roster's fingerprint as compared with paper, at least two.")
)
_COMPARED = click.option(
    "--compared", multiple=True, help=N_("Groups of a key's fingerprint as its owner told them, at least two; repeat.")
)


@click.group("roster", cls=Group, help=N_("The round's roster: begin, propose changes, countersign, put in force."))
def roster() -> None:
    """Hold the commands about the roster together."""


def _desk(key: Identity, round_id: str, *, rehearsal: bool) -> Desk:
    return Desk(key, round_id, rehearsal, iso(now()), APP)


def _with_key(key_file: Path, work: Callable[[Identity], int]) -> int:
    key = open_key(key_file)
    if key is None:
        raise Expected("no-key-file")
    try:
        return work(key)
    finally:
        key.close()


def enrolled_from(paths: tuple[Path, ...], compared: tuple[str, ...]) -> list[Enrolled]:
    """Read enrolment files and mark those whose fingerprint was compared."""
    return list(compare_all([one for path in paths for one in read_enrolments(path)], compared))


def _review_tree(seen: Review) -> dict[str, Any]:
    document = seen.roster.document
    return {
        "digest": seen.roster.digest,
        "fingerprint": list(seen.fingerprint),
        "number": document.seq,
        "in_force": seen.in_force,
        "problem": seen.problem,
        "reason": document.reason,
        "changes": _changes_tree(seen.changes),
        "signatures": [
            {"roster": q.of, "need": q.need, "signed": list(q.signed), "open": list(q.open)} for q in seen.quorums
        ],
        "may_sign": list(seen.may_sign),
        "rivals": list(seen.rivals),
        "heals": [{"digest": side.roster.digest, "changes": _changes_tree(side.changes)} for side in seen.sides],
    }


def _changes_tree(changes: Sequence[Change]) -> list[dict[str, str]]:
    return [{"code": change.code, "message": word_change(change)} for change in changes]


def _tell_sides(seen: Review) -> None:
    say(_("It settles a contradiction: it takes the place of all of these."))
    for side in seen.sides:
        told = _("  Roster number {number}, {groups}; what changes against it:")
        say(told.format(number=side.roster.document.seq, groups=side.fingerprint[0]))
        for words in map(word_change, side.changes):
            say(f"    - {words}")
        if not side.changes:
            say("    - " + _("nothing"))


def _tell_review(seen: Review) -> None:
    say(_("Roster number {number}:").format(number=seen.roster.document.seq))
    for row in seen.fingerprint:
        say(f"    {row}")
    if seen.roster.document.reason:
        say(_("Reason: {reason}").format(reason=showable(seen.roster.document.reason)))
    for change in seen.changes:
        say(f"  - {word_change(change)}")
    if seen.sides:
        _tell_sides(seen)
    if seen.problem is not None:
        say(word(seen.problem, {}))
    if seen.rivals:
        say(word("roster-fork", {}))
    for quorum in seen.quorums:
        told = _("  by the rules of roster {number}: {have} of {need} have signed")
        say(told.format(number=quorum.of, have=len(quorum.signed), need=quorum.need))
    if seen.in_force:
        say(_("It is in force."))
    elif seen.may_sign:
        say(_("Still to be signed by some of: {persons}").format(persons=", ".join(map(showable, seen.may_sign))))


def _finish(documents: Documents, digest: str, key: Identity, folder: Path, *, as_json: bool) -> int:
    """Write the file, tell the roster, and return the exit code of a command that made something."""
    seen = review(documents, digest)
    written = write_rosters(documents, folder, key, made_at=iso(now()), app=APP)
    _tell_review(seen)
    say(_("Written and read back: {file}").format(file=showable(written.path)))
    if as_json:
        print_json({"path": str(written.path), "size": written.size, **_review_tree(seen)})
    return OK


@command("start", N_("Begin a round from a plan and the enrolment files: sign its first roster and its criteria."))
@click.argument("plan", type=any_file)
@click.option("--enrolment", "enrolments", type=any_file, multiple=True, help=N_("An enrolment file; repeat."))
@_COMPARED
@_KEY
@to_option
@json_option
def start(
    plan: Path, enrolments: tuple[Path, ...], compared: tuple[str, ...], key_file: Path, folder: Path, as_json: bool
) -> int:
    """Begin a round."""
    planned = load_plan(read_small(plan, LARGEST_PLAN), plan.name)
    enrolled = enrolled_from(enrolments, compared)

    def work(key: Identity) -> int:
        desk = _desk(key, planned.round, rehearsal=planned.rehearsal)
        first, criteria = start_round(desk, planned, enrolled)
        return _finish({one.digest: one for one in (first, criteria)}, first.digest, key, folder, as_json=as_json)

    return _with_key(key_file, work)


@command("take", N_("Look at enrolment files: whose they are, and the fingerprints to compare with their owners."))
@_FILES
@_COMPARED
@json_option
def take(files: tuple[Path, ...], compared: tuple[str, ...], as_json: bool) -> int:
    """Show enrolments; nothing is stored."""
    found = enrolled_from(files, compared)
    for one in found:
        mark = _("compared") if one.compared else _("not compared yet")
        say("  ".join((showable(one.person), showable(one.name), showable(one.office), mark)))
        for row in one.fingerprint:
            say(f"    {row}")
    if as_json:
        print_json([_enrolled_tree(one) for one in found])
    return OK if all(one.compared or one.rehearsal for one in found) else NO


def _enrolled_tree(one: Enrolled) -> dict[str, Any]:
    return {
        "file": one.file, "digest": one.digest, "round": one.round, "rehearsal": one.rehearsal,
        "person": one.person, "name": one.name, "office": one.office, "key": one.key, "recipient": one.recipient,
        "fingerprint": list(one.fingerprint), "compared": one.compared,
    }  # fmt: skip


@command("propose", N_("Sign the next roster with some changes; it counts when enough officers have countersigned."))
@_FILES
@click.option("--reason", required=True, help=N_("Why; it is signed with the roster."))
@edit_options
@_COMPARED
@_TRUST
@_KEY
@to_option
@json_option
def propose_command(
    files: tuple[Path, ...],
    reason: str,
    compared: tuple[str, ...],
    trust: str | None,
    key_file: Path,
    folder: Path,
    as_json: bool,
    **edits: Any,
) -> int:
    """Propose the next roster."""
    documents = read_rosters(files)
    parent = newest(documents, confirm_first(documents, trust))
    header = parent.document
    enrolled = enrolled_from(edits.pop("add_keys"), compared)
    body = edited(roster_of(parent).body, header, enrolled, edits)

    def work(key: Identity) -> int:
        child = propose(_desk(key, header.round, rehearsal=header.rehearsal), parent, body, reason)
        return _finish({**documents, child.digest: child}, child.digest, key, folder, as_json=as_json)

    return _with_key(key_file, work)


@command("heal", N_("Settle two rosters in force at once: sign one that takes the place of both."))
@_FILES
@click.option("--base", required=True, help=N_("Groups of the fingerprint of the roster whose content goes on."))
@click.option("--reason", required=True, help=N_("Why; it is signed with the roster."))
@edit_options
@_COMPARED
@_TRUST
@_KEY
@to_option
@json_option
def heal_command(
    files: tuple[Path, ...],
    base: str,
    reason: str,
    compared: tuple[str, ...],
    trust: str | None,
    key_file: Path,
    folder: Path,
    as_json: bool,
    **edits: Any,
) -> int:
    """Heal a fork of the rosters."""
    documents = read_rosters(files)
    sides = [one.roster for one in forked(documents, confirm_first(documents, trust))]
    if not sides:
        raise Expected("nothing-to-heal")
    header = sides[0].document
    enrolled = enrolled_from(edits.pop("add_keys"), compared)
    body = edited(healed_body(sides, base), header, enrolled, edits)

    def work(key: Identity) -> int:
        child = heal(_desk(key, header.round, rehearsal=header.rehearsal), sides, base, body, reason)
        return _finish({**documents, child.digest: child}, child.digest, key, folder, as_json=as_json)

    return _with_key(key_file, work)


@command("show", N_("Show the rosters in some files: which is in force, what a proposal changes, who must still sign."))
@_FILES
@_TRUST
@json_option
def show(files: tuple[Path, ...], trust: str | None, as_json: bool) -> int:
    """Show rosters; nothing is trusted or stored by it."""
    documents = read_rosters(files)
    named = confirm_first(documents, trust, needed=False)
    waiting = pending(documents, named)
    in_force = _in_force(documents, named)
    for seen in waiting:
        _tell_review(seen)
    if as_json:
        print_json({
            "first": named,
            "in_force": _review_tree(in_force) if in_force else None,
            "pending": [_review_tree(seen) for seen in waiting],
        })  # fmt: skip
    return OK if in_force is not None else NO


def _in_force(documents: Documents, named: str | None) -> Review | None:
    """Tell the newest roster in force, or why there is none."""
    try:
        seen = review(documents, newest(documents, named).digest)
    except Expected as error:
        say(word(error.code, error.fields))
        return None
    _tell_review(seen)
    return seen


@command("countersign", N_("See what a proposed roster changes, and sign it; the file then goes to the next officer."))
@_FILES
@_TRUST
@click.option("--which", help=N_("Groups of the fingerprint of the roster to sign, where several wait."))
@click.option("--yes", is_flag=True, help=N_("Sign without asking; for scripts that showed the changes before."))
@_KEY
@to_option
@json_option
def countersign_command(
    files: tuple[Path, ...],
    trust: str | None,
    which: str | None,
    yes: bool,
    key_file: Path,
    folder: Path,
    as_json: bool,
) -> int:
    """Countersign the one proposal in the files."""
    documents = read_rosters(files)
    waiting = pending(documents, confirm_first(documents, trust))
    for each in waiting:
        _tell_review(each)
    seen = one_waiting(waiting, which)
    if not yes and not _agreed():
        raise Expected("cancelled")

    def work(key: Identity) -> int:
        signed = countersign(seen, key)
        return _finish({**documents, signed.digest: signed}, signed.digest, key, folder, as_json=as_json)

    return _with_key(key_file, work)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    return click.confirm(_("Sign this roster?"), default=False, err=True)


@command("export", N_("Join countersigned copies into one file for everybody; tells when signatures are missing."))
@_FILES
@_TRUST
@_KEY
@to_option
@json_option
def export(files: tuple[Path, ...], trust: str | None, key_file: Path, folder: Path, as_json: bool) -> int:
    """Join copies of rosters."""
    documents = read_rosters(files)
    named = confirm_first(documents, trust)
    waiting = pending(documents, named)
    if waiting:
        for seen in waiting:
            _tell_review(seen)
        if as_json:
            print_json({"path": None, "pending": [_review_tree(seen) for seen in waiting]})
        return NO
    digest = newest(documents, named).digest
    return _with_key(key_file, lambda key: _finish(documents, digest, key, folder, as_json=as_json))


for _one in (start, take, propose_command, heal_command, show, countersign_command, export):
    roster.add_command(_one)
