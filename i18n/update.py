# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Extract, merge and compile the catalogues (`python3 dev.py i18n`), or with `--check` say what is not as it should be.

Quiet diffs: no dates, no line numbers, no wrapping, so that a catalogue changes only when a message does.
The compiled files are committed too: `python main.py` speaks Thai without a build step.
"""

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "i18n" / "pmqa.pot"
LANGUAGES = ("th", "en")
_HEADER = """# Words of PMQA Desktop.
# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0"""
# Header lines that would change without a message changing, or that only repeat Babel's defaults.
_NOISE = (
    '"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Report-Msgid-Bugs-To', '"Last-Translator',
    '"Language-Team',
)  # fmt: skip
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_PLACEHOLDER = re.compile(r"\{\w*\}")


def catalogue_path(language: str) -> Path:
    """Return the text catalogue of a language; the compiled one stands beside it."""
    return ROOT / "i18n" / language / "LC_MESSAGES" / "pmqa.po"


def _text(catalogue: Catalog) -> str:
    """Return a catalogue as it is kept: no dates, no wrapping, our header."""
    catalogue.header_comment = _HEADER
    catalogue.project, catalogue.version, catalogue.fuzzy = "PMQA", "Desktop", False
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_by_file=True)
    return "\n".join(line for line in out.getvalue().decode().split("\n") if not line.startswith(_NOISE))


def extract() -> str:
    """Return the template that the sources give now."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pmqa.pot"
        command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "i18n/babel.cfg", "-k", "N_"]
        command += ["-c", "TRANSLATORS:", "--add-location=file", "--no-wrap", "--sort-by-file"]
        subprocess.run([*command, "-o", str(out), "."], cwd=ROOT, check=True)
        return _text(read_po(io.BytesIO(out.read_bytes())))


def read(path: Path, language: str) -> Catalog:
    """Return the catalogue in a file, an empty one where there is none."""
    return read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale=language)


def merged(template: str, language: str) -> tuple[str, bytes]:
    """Return text and compiled form of a language's catalogue, brought to the template."""
    catalogue = read(catalogue_path(language), language)
    catalogue.update(read_po(io.BytesIO(template.encode())), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if language == "en":  # message ids are the English words
        for message in catalogue:
            message.string = message.string if not message.id else ""
    text, compiled = _text(catalogue), io.BytesIO()
    # Compiled from the text as written: what is left out there is then left out here too.
    written = read_po(io.BytesIO(text.encode()), locale=language)
    written.creation_date = _NO_DATE  # else the minute of compiling
    write_mo(compiled, written)
    return text, compiled.getvalue()


def update() -> None:
    """Write template, catalogues and compiled catalogues."""
    template = extract()
    TEMPLATE.write_text(template, "utf-8")
    for language in LANGUAGES:
        path = catalogue_path(language)
        text, compiled = merged(template, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        path.with_suffix(".mo").write_bytes(compiled)


def _wrong_translation(message: Message) -> str:
    """Return what is wrong with a Thai message, or nothing."""
    if not message.string:
        return "is not translated"
    if message.fuzzy:
        return "is marked fuzzy"
    asked, given = (sorted(_PLACEHOLDER.findall(str(text))) for text in (message.id, message.string))
    return "" if asked == given else f"has placeholders {given} instead of {asked}"


def _pairs(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def findings() -> Iterator[str]:
    """Say what is not fresh, not complete or not compiled."""
    fresh = read_po(io.BytesIO(extract().encode()))
    wanted = {str(message.id) for message in fresh if message.id}
    kept = {str(message.id) for message in read(TEMPLATE, "en") if message.id}
    for name, messages in (("has no", wanted - kept), ("still has", kept - wanted)):
        yield from (f"pmqa.pot {name} {message!r}" for message in sorted(messages))
    for language in LANGUAGES:
        path = catalogue_path(language)
        catalogue = read(path, language)
        if {str(message.id) for message in catalogue if message.id} != kept:
            yield f"{language}: the messages differ from pmqa.pot"
        if language == "th":
            wrong = ((message.id, _wrong_translation(message)) for message in catalogue if message.id)
            yield from (f"th: {message!r} {what}" for message, what in wrong if what)
        if language == "en":
            yield from (f"en: {message!r} must not be worded again" for message in _pairs(catalogue))
        with path.with_suffix(".mo").open("rb") as stream:
            if _pairs(read_mo(stream)) != _pairs(catalogue):
                yield f"{language}: pmqa.mo is not compiled from pmqa.po"


def main(arguments: list[str]) -> int:
    """Update the catalogues, or check them."""
    if arguments != ["--check"]:
        update()
        return 0
    found = list(findings())
    for line in found:
        sys.stdout.write(f"{line}\n")
    if found:
        sys.stdout.write("run: python3 dev.py i18n, then translate what is missing in i18n/th/LC_MESSAGES/pmqa.po\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
