# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Take the signed documents out of a report: the files attached to a PDF; and read the text of its pages.

A PDF from outside is the most intricate thing this program reads, so pypdf does it in a process of its own
with little memory and time, and only attachments that look like a bundle come back. A frozen program has no
interpreter to start; there the same limits on size and number hold, in this process.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pmqa_desktop
from pmqa_desktop.errors import Refused
from pmqa_desktop.system import worded
from pmqa_desktop.text import N_

MAGIC = b"%PDF-"
LARGEST_REPORT = 64 * 1024 * 1024
"""The most bytes of a PDF that is looked into."""
MOST_ATTACHMENTS = 16
"""The most attached bundles that are taken out."""
LARGEST_ATTACHMENT = 32 * 1024 * 1024
"""The most bytes of one of them."""
MOST_PAGES = 500
"""The most pages whose text is read."""
_TEXT_FILE = "text.txt"
_PAGES_FILE = "pages.txt"
_BUNDLE_START = b'{"payload":"'
_MEMORY = 1024 * 1024 * 1024
_SECONDS = 30


def attached_bundles(report: Path, staging: Path) -> tuple[Path, ...]:
    """Write the bundles attached to a report into a private folder and return their paths in order.

    Args:
        report: a staged PDF.
        staging: an existing private folder.

    Raises:
        Refused: `file-too-large, report-invalid, report-without-documents`.
    """
    size = report.stat().st_size
    if size > LARGEST_REPORT:
        raise Refused("file-too-large", name=report.name, limit=LARGEST_REPORT)
    out = staging / f"{report.name}.attached"
    out.mkdir(mode=0o700)
    work = take_out if getattr(sys, "frozen", False) else _take_out_apart
    if not work(report, out):
        raise Refused("report-invalid", found=N_("damaged content"))
    found = tuple(sorted(out.iterdir()))
    if not found:
        raise Refused("report-without-documents")
    return found


def page_text(report: Path, staging: Path) -> str | None:
    """Return the text of a report's pages, a line feed between pages; None where it cannot be read in the limits.

    Args:
        report: a staged PDF.
        staging: an existing private folder.
    """
    out = staging / f"{report.name}.text"
    out.mkdir(mode=0o700)
    work = write_text if getattr(sys, "frozen", False) else _write_text_apart
    if not work(report, out):
        return None
    return (out / _TEXT_FILE).read_text(encoding="utf-8")


def page_count(file: Path, staging: Path) -> int | None:
    """Return how many pages a PDF of any size has; None where that cannot be told, for example under a password.

    Args:
        file: the PDF, wherever it lies.
        staging: an existing private folder.

    Raises:
        Expected: `system-full` and the other answers of the computer: there is no room for the answer.
    """
    out = staging / f"{os.urandom(4).hex()}.pages"
    with worded(file.name):
        out.mkdir(mode=0o700)
        (out / _PAGES_FILE).write_text("0" * 12, encoding="ascii")
    work = count_pages if getattr(sys, "frozen", False) else _count_pages_apart
    if not work(file.absolute(), out):
        return None
    return int((out / _PAGES_FILE).read_text(encoding="ascii"))


def _count_pages_apart(file: Path, out: Path) -> bool:
    return _apart("pages", file, out)


def _take_out_apart(report: Path, out: Path) -> bool:
    return _apart("attachments", report, out)


def _write_text_apart(report: Path, out: Path) -> bool:
    return _apart("text", report, out)


def _apart(what: str, report: Path, out: Path) -> bool:
    command = [sys.executable, "-m", "pmqa_desktop.sync.pdf", what, str(report), str(out)]
    root = Path(pmqa_desktop.__file__).parents[1]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, the paths are of our staging folder
            command,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


def take_out(report: Path, out: Path) -> bool:
    """Do the work itself: write `00.pmqa`, `01.pmqa`... into `out`; False when the PDF cannot be read."""
    try:
        for number, data in enumerate(_bundles(report)):
            (out / f"{number:02}.pmqa").write_bytes(data)
    except (Exception, RecursionError):  # noqa: BLE001 - an outer edge: a damaged PDF raises anything in its parser
        return False
    return True


def write_text(report: Path, out: Path) -> bool:
    """Write the text of the pages into `out`; False when it cannot be read or is more than a report holds."""
    from pypdf import PdfReader  # noqa: PLC0415 - only a report needs it

    try:
        pages = PdfReader(report).pages
        if len(pages) > MOST_PAGES:
            return False
        text = "\n".join(page.extract_text() for page in pages)
        (out / _TEXT_FILE).write_text(text, encoding="utf-8", errors="replace")
    except (Exception, RecursionError):  # noqa: BLE001 - an outer edge, as above
        return False
    return True


def count_pages(file: Path, out: Path) -> bool:
    """Write the number of pages into `out`; False when there are none or it cannot be told."""
    from pypdf import PdfReader  # noqa: PLC0415 - only a paper needs it

    try:
        with file.open("rb") as source:
            pages = PdfReader(source).get_num_pages()
        (out / _PAGES_FILE).write_text(str(pages), encoding="ascii")
    except (Exception, RecursionError):  # noqa: BLE001 - an outer edge, as above
        return False
    return pages > 0


def _bundles(report: Path) -> Iterator[bytes]:
    from pypdf import PdfReader  # noqa: PLC0415 - only a report needs it

    left = MOST_ATTACHMENTS
    with report.open("rb") as file:
        for attachment in PdfReader(file).attachment_list:
            data = attachment.content
            if data.startswith(_BUNDLE_START) and len(data) <= LARGEST_ATTACHMENT:
                yield data
                left -= 1
            if not left:
                return


def _limit_this_process() -> None:
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows, where only the time is limited

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ATTACHMENT, LARGEST_ATTACHMENT))


if __name__ == "__main__":
    _limit_this_process()
    _work = {"attachments": take_out, "text": write_text, "pages": count_pages}[sys.argv[1]]
    sys.exit(0 if _work(Path(sys.argv[2]), Path(sys.argv[3])) else 1)
