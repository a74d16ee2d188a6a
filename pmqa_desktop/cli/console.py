# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""How every command speaks: messages on stderr in the person's language, one JSON value on stdout, exit codes.

Exit codes: 0 ok, 1 the answer is no, 2 misuse, 3 damaged data.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from pmqa_desktop import __version__, system
from pmqa_desktop.cli.misuse import misuse
from pmqa_desktop.errors import Damage, Expected, PmqaError, Refusal
from pmqa_desktop.messages import word_error, word_refusal
from pmqa_desktop.services.exchange.checking import LARGEST_KEY_FILE, Identity, read_key_file
from pmqa_desktop.text import LANGUAGES, N_, Language, _, current_language, use_language

OK, NO, MISUSE, DAMAGED = 0, 1, 2, 3
APP = f"pmqa-desktop {__version__}"
_PASSPHRASE = "PMQA_PASSPHRASE"  # noqa: S105 - the name of the variable
_HELP = N_("Show this text.")
F = TypeVar("F", bound=Callable[..., Any])


class _Worded(click.Command):
    """A command or group whose help is worded in the person's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage:") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        worded = copy(self)
        worded.help = _(self.help) if self.help else None
        super(_Worded, worded).format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (one for one in self.get_params(ctx) if isinstance(one, click.Option))
        records = (_worded(option).get_help_record(ctx) for option in options)
        with formatter.section(_("Options")):
            formatter.write_dl([record for record in records if record is not None])

    def get_short_help_str(self, limit: int = 45) -> str:
        return _(self.help) if self.help else ""


class Group(_Worded, click.Group):
    """All commands together."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then what each command is for."""
        super().format_options(ctx, formatter)
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, one.get_short_help_str()) for name, one in sorted(self.commands.items())])


def _worded(option: click.Option) -> click.Option:
    worded = copy(option)
    told = _HELP if "--help" in option.opts else option.help
    worded.help = _(told) if told else None
    return worded


def _speak(_context: click.Context, _parameter: click.Parameter, value: Language | None) -> Language | None:
    if value is not None:
        use_language(value)
    return value


class _Named(click.Path):
    """A path; a name that no system takes is misuse, where `click.Path` breaks off."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except ValueError:  # a NUL in it, or half of a character
            self.fail("no name of a file", param, ctx)


class _NewFile(_Named):
    """A file to write: no name at all is misuse like a folder is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail("no name of a file", param, ctx)
        return super().convert(value, param, ctx)


any_file = _Named(path_type=Path, readable=False)
"""The type of an option or argument that names a file or folder; what is wrong with it is told by who reads it."""
language_option = click.option(
    "--lang", type=click.Choice(LANGUAGES), callback=_speak, is_eager=True, expose_value=False,
    help=N_("Language of the messages: th (the usual one) or en."),
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help=N_("Print one JSON value on standard output."))
key_option = click.option("--key", "key_file", type=any_file, help=N_("Key file that opens sealed files."))


new_file = _NewFile(path_type=Path, dir_okay=False, readable=False)
"""The type of an option or argument that names a file to write: a folder is misuse."""


def command(name: str, told: str, *, own_language: bool = False) -> Callable[[F], click.Command]:
    """Make a command that understands `--lang`; `told` is its help, a message id.

    With `own_language` the command has a `--lang` of its own, because it also writes something in that language.
    """

    def make(function: F) -> click.Command:
        worded = function if own_language else language_option(function)
        return click.command(name, cls=_Worded, help=told)(worded)

    return make


def now() -> datetime:
    """Return the laptop's idea of the time; it only advises."""
    return datetime.now(UTC)


def say(text: str) -> None:
    """Tell the person something, on stderr."""
    click.echo(text, err=True)


def json_bytes(value: object) -> bytes:
    """Return a value as the JSON text that commands print and write: UTF-8, indented, ended by a line feed.

    A byte of a file's name that is not UTF-8 (Python keeps it as a lone surrogate) comes out as its JSON escape.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def print_json(value: object) -> None:
    """Print one JSON value on stdout: UTF-8, whatever the console's own encoding is."""
    click.echo(json_bytes(value), nl=False)


def refusal_tree(refusal: Refusal) -> dict[str, str]:
    """Return a refusal as the commands print it."""
    return {"code": refusal.code, "where": refusal.where, "message": word_refusal(refusal)}


def tell_error(error: PmqaError, *, as_json: bool) -> int:
    """Word an error on stderr, as JSON too where that was asked for, and return the exit code."""
    say(word_error(error))
    if as_json:
        where = str(error.fields.get("where", ""))
        with suppress(OSError):  # where the output goes may be what failed
            print_json({"error": {"code": error.code, "where": where, "message": word_error(error)}})
    return DAMAGED if isinstance(error, Damage) else NO


def open_key(path: Path | None) -> Identity | None:
    """Open a key file with the passphrase of PMQA_PASSPHRASE, or one that is asked for; None without a file.

    Raises:
        Expected: `file-missing`, `file-unreadable`, `passphrase-missing`, `wrong-passphrase`.
        Refused: `key-file-invalid`, `key-file-limits`.
    """
    if path is None:
        return None
    return read_key_file(read_small(path, LARGEST_KEY_FILE), passphrase())


def passphrase() -> str:
    """Return the passphrase from the environment, or ask for it where a person sits at the keyboard.

    Raises:
        Expected: `passphrase-missing`.
    """
    given = os.environ.get(_PASSPHRASE)
    if given is None:
        if not sys.stdin.isatty():
            raise Expected("passphrase-missing")
        given = click.prompt(_("Passphrase"), hide_input=True, err=True)
    return str(given)


def read_small(path: Path, limit: int) -> bytes:
    """Return the bytes of an ordinary file, or of standard input for `-`, of at most `limit` bytes.

    Raises:
        Expected: `file-missing`, `file-not-regular`, `file-unreadable`, `file-too-large`.
    """
    if str(path) == "-":
        data = sys.stdin.buffer.read(limit + 1)
    else:
        try:
            if not path.is_file():
                raise Expected("file-not-regular" if path.exists() else "file-missing", name=path.name)
            with path.open("rb") as handle:
                data = handle.read(limit + 1)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise Expected("file-unreadable", name=path.name) from error
    if len(data) > limit:
        raise Expected("file-too-large", name=path.name, limit=limit)
    return data


def run(group: click.Group, arguments: list[str], context: object = None) -> int:
    """Run a command and return its exit code; what a file or a person can cause never shows a traceback."""
    before = current_language()
    as_json = "--json" in arguments
    try:
        outcome = group.main(arguments, prog_name="main.py", standalone_mode=False, obj=context)
        return outcome if isinstance(outcome, int) else OK
    except click.ClickException as error:
        context_used = getattr(error, "ctx", None)
        if context_used is not None:
            say(context_used.get_usage())
        tell_error(Expected("command-misused", found=misuse(error)), as_json=as_json)
        return MISUSE
    except click.Abort:
        return tell_error(Expected("cancelled"), as_json=as_json)
    except PmqaError as error:
        return tell_error(error, as_json=as_json)
    except BrokenPipeError:
        # Whoever read the output went away; a second complaint at exit is silenced too.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        return NO
    except OSError as error:
        return tell_error(system.told(error), as_json=as_json)
    finally:
        use_language(before)
