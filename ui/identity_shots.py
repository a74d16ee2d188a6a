# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scenes of the own key and of a new round's first roster for the pictures."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pmqa_desktop.app import APP, App
from pmqa_desktop.domain.roster_edits import with_acting_chair
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.identity import OwnKey, key_fingerprint, open_identity
from pmqa_desktop.services.practice import PASSPHRASE
from pmqa_desktop.services.rounds.first_roster import FirstRoster, first_roster_in
from pmqa_desktop.services.rounds.opening import Desk
from pmqa_desktop.services.rounds.rosters import Quorum, propose, read_rosters, review
from ui.screens.identity.first_opening import FirstRosterScreen
from ui.screens.identity.making import MakeKeyScreen
from ui.screens.identity.own_key import KeyScreen
from ui.screens.identity.roster_review import Proposals
from ui.shell import Shell
from ui.widgets.inputs import Field

Go = Callable[[Shell], None]
_KEY = hashlib.sha256(b"a key for pictures").hexdigest()
_OTHER = hashlib.sha256(b"another key for pictures").hexdigest()


def _keys(shell: Shell) -> tuple[OwnKey, ...]:
    """Two keys that have no files: nothing is opened in a picture."""
    folder = shell.routes.identity.keys_folder
    return (
        OwnKey(folder / "expert-2-1f3a9c04.key", "expert-2", _KEY, "", rehearsal=False),
        OwnKey(folder / "expert-2-77b01e5d.key", "expert-2", _OTHER, "", rehearsal=True),
    )


def _show(shell: Shell, act: int, *, fresh: bool = False) -> KeyScreen:
    keys = _keys(shell)
    shell.routes.identity.show_key(keys[0], keys[:1] if fresh else keys, fresh=fresh)
    screen = shell.window.screen_now
    if not isinstance(screen, KeyScreen):
        raise RuntimeError("the key is not shown")
    screen.tabs.choose(act)
    return screen


def _fill(*fields: tuple[Field, str]) -> None:
    """Write into fields what a person would."""
    for field, words in fields:
        field.setText(words)


def _make(shell: Shell) -> None:
    shell.routes.identity.open_keys()


def _refused(shell: Shell) -> None:
    shell.routes.identity.open_keys()
    shell.tasks.finish()
    screen = shell.window.screen_now
    if isinstance(screen, MakeKeyScreen):
        _fill((screen.person, "ผู้ตรวจ 2"), (screen.passphrase.first.field, "สะพาน 3 ลำธาร ม้า"))
        screen.button.click()


def _enrolled(shell: Shell) -> None:
    screen = _show(shell, 0, fresh=True)
    enrol = screen.enrol
    _fill((enrol.round, "pmqa-2569"), (enrol.name, "นางสาวตัวอย่าง ใจดี"), (enrol.office, "กรมตัวอย่าง"))
    screen.enrol.show_written(Path("/media/stick/PMQA-pmqa-2569-5d01fe33.pmqa"), "2.4 KB")


def _backup(shell: Shell) -> None:
    copy = Path("/media/stick/expert-2-1f3a9c04.key")
    _show(shell, 1).backup.show_copied(copy, "412 B", same_drive=True)


def _change(shell: Shell) -> None:
    screen = _show(shell, 2)
    _fill((screen.change.passphrase.field, "not this one"))
    screen.change.show_error(Expected("wrong-passphrase", wait=4))


def _rosters(shell: Shell) -> None:
    """A change of the chair on the practice round's roster, as if two officers had to sign it."""
    practice = App(shell.home).practice_folder()
    documents = read_rosters((practice / "roster.pmqa",))
    first = first_roster_in(documents.values(), "roster.pmqa")
    parent = documents[first.digest]
    identity = open_identity(practice / "keys" / "secretariat.key", PASSPHRASE)
    try:
        desk = Desk(identity, first.round, first.rehearsal, "2026-05-01T00:00:00Z", APP)
        body = with_acting_chair(roster_of(parent).body, "moi-ops", "expert-1")
        child = propose(desk, parent, body, "ประธานลาป่วยตั้งแต่วันที่ 3 สิงหาคม")
    finally:
        identity.close()
    signers = Quorum(1, 2, ("secretariat",), ("chair", "expert-2"))
    seen = replace(review({**documents, child.digest: child}, child.digest), quorums=(signers, replace(signers, of=2)))
    opened = Proposals({**documents, child.digest: child}, replace(first, rehearsal=False), (seen,))
    shell.routes.identity.review_rosters(_keys(shell)[0], opened)


def _no_rosters(shell: Shell) -> None:
    shell.routes.identity.review_rosters(_keys(shell)[0])


def _first(*, rehearsal: bool) -> Go:
    def go(shell: Shell) -> None:
        first = FirstRoster(
            f"sha256:{_OTHER}", key_fingerprint(_OTHER), "pmqa-2569", "การประเมินรางวัล PMQA 4.0 พ.ศ. 2569",
            "PMQA 4.0 award 2569", rehearsal, None,
        )  # fmt: skip
        shell.routes.identity.compare(first, lambda compared: compared, lambda _compared: None)
        screen = shell.window.screen_now
        if not rehearsal and isinstance(screen, FirstRosterScreen):
            _fill((screen.typed, "0000 1111"))
            screen.show_error(Expected("fingerprint-differs", found="0000 1111"))

    return go


SCENES: tuple[tuple[str, None, Go], ...] = (
    ("key-make", None, _make),
    ("key-make-refused", None, _refused),
    ("key-enrolled", None, _enrolled),
    ("key-backup", None, _backup),
    ("key-passphrase", None, _change),
    ("roster-empty", None, _no_rosters),
    ("roster-review", None, _rosters),
    ("first-roster", None, _first(rehearsal=False)),
    ("first-roster-rehearsal", None, _first(rehearsal=True)),
)
"""Scenes by name, role (none: they start at the first screen), and how to get there."""
