# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Is this laptop ready? Try each thing that the program needs, before it is needed."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pmqa_desktop.assets import catalogue_folder, resource
from pmqa_desktop.errors import PmqaError
from pmqa_desktop.services.editions import SHIPPED, shipped_edition
from pmqa_desktop.store.connection import engine_version, open_store
from pmqa_desktop.store.drafts import DraftRepository
from pmqa_desktop.sync.keys import REHEARSAL_COST, read_key_file, seeded_identity, write_key_file
from pmqa_desktop.sync.sealing import seal, unseal_bytes
from pmqa_desktop.system import reason
from pmqa_desktop.text import LANGUAGES, N_, _
from pmqa_desktop.thai import pieces

State = Literal["ok", "warning", "failed", "left-out"]
OpenWindow = Callable[[], "tuple[SelfCheck, ...]"]
"""Opens the window once and tells what was seen there; given by whoever knows the window."""

ROOM_WANTED = 500 * 1024 * 1024
_PHRASE = "คณะกรรมการตรวจประเมินรางวัล"


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """One thing tried: `message` is a message id; `found` fills its placeholder and may be one too."""

    name: str
    state: State
    message: str
    found: str = ""

    def told(self) -> str:
        """Return the check in the current language."""
        return _(self.message).format(found=_(self.found))


def self_checks(open_window: OpenWindow | None = None) -> tuple[SelfCheck, ...]:
    """Try everything; a check that breaks is told as failed and the others go on."""
    checks: tuple[tuple[str, Callable[[], SelfCheck]], ...] = (
        ("python", _python),
        ("sqlite", _sqlite),
        ("data", _data),
        ("thai", _thai),
        ("keys", _keys),
        ("store", _store),
        ("room", _room),
    )
    found = [_tried(name, check) for name, check in checks]
    if open_window is None:
        found.append(SelfCheck("window", "left-out", N_("The window was not tried.")))
    else:
        found += _window(open_window)
    return tuple(found)


def _tried(name: str, check: Callable[[], SelfCheck]) -> SelfCheck:
    try:
        return check()
    except (PmqaError, OSError, ValueError) as error:
        return SelfCheck(name, "failed", N_("This could not be tried: {found}"), _why(error))


def _window(open_window: OpenWindow) -> tuple[SelfCheck, ...]:
    try:
        return open_window()
    except (OSError, ImportError, RuntimeError) as error:
        return (SelfCheck("window", "failed", N_("The window cannot be opened: {found}"), _why(error)),)


def _why(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else str(error)


def _python() -> SelfCheck:
    version = ".".join(map(str, sys.version_info[:3]))
    state: State = "ok" if (3, 11) <= sys.version_info[:2] < (3, 13) else "failed"
    return SelfCheck("python", state, N_("Python {found} (3.11 or 3.12 is needed)"), version)


def _sqlite() -> SelfCheck:
    return SelfCheck("sqlite", "ok", N_("SQLite {found} keeps data strictly"), engine_version())


def _data() -> SelfCheck:
    wanted = [resource(f"criteria/{name}.toml") for name in SHIPPED]
    wanted += sorted(resource("fonts").glob("*.ttf")) or [resource("fonts/PMQASarabun-Regular.ttf")]
    wanted += [catalogue_folder() / language / "LC_MESSAGES" / "pmqa.mo" for language in LANGUAGES]
    if missing := [path.name for path in wanted if not path.is_file()]:
        return SelfCheck("data", "failed", N_("Parts of the program are missing: {found}"), ", ".join(missing))
    titles = ", ".join(shipped_edition(name).id for name in SHIPPED)
    return SelfCheck("data", "ok", N_("Fonts, languages and criteria editions are there: {found}"), titles)


def _thai() -> SelfCheck:
    words = pieces(_PHRASE)
    state: State = "ok" if len(words) > 1 else "failed"
    return SelfCheck("thai", state, N_("Thai lines break between words: {found}"), " · ".join(words))


def _keys() -> SelfCheck:
    identity = seeded_identity("self-test", hashlib.sha256(b"self-test").digest())
    try:
        kept = write_key_file(identity, _PHRASE, cost=REHEARSAL_COST)
        again = read_key_file(kept, _PHRASE)
        opened = unseal_bytes(seal(b"PMQA", [identity.recipient]), again)
    finally:
        identity.close()
    again.close()
    state: State = "ok" if opened == b"PMQA" and again.key == identity.key else "failed"
    return SelfCheck("keys", state, N_("Keys, signatures and sealing work"))


def _store() -> SelfCheck:
    with tempfile.TemporaryDirectory(prefix="pmqa-") as folder:
        path = Path(folder) / "self-test.db"
        with open_store(path, create=True) as store:
            DraftRepository(store).set("self-test", "", "", "word", _PHRASE, datetime.now(UTC))
        with open_store(path) as store:
            kept = DraftRepository(store).value("self-test", "", "", "word") == _PHRASE and not store.integrity()
    return SelfCheck("store", "ok" if kept else "failed", N_("What is typed is kept on disk"))


def _room() -> SelfCheck:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    state: State = "ok" if free >= ROOM_WANTED else "warning"
    return SelfCheck("room", state, N_("Free room on the drive: {found} MB (500 MB are wanted)"), str(free // 2**20))
