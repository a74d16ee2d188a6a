# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The headless commands: the same services as in the window, without Qt."""

from collections.abc import Sequence

import click

from pmqa_desktop import __version__
from pmqa_desktop.cli import files, holding, identity, pack, publish, recovery, roster, scores, upkeep
from pmqa_desktop.cli.console import Group, language_option
from pmqa_desktop.cli.console import run as _run
from pmqa_desktop.services.readiness import OpenWindow
from pmqa_desktop.text import N_

_COMMANDS = (
    scores.score, scores.practice, files.verify, files.inspect, files.merge, scores.results, scores.report,
    upkeep.audit, upkeep.rebuild_index, upkeep.backup, upkeep.restore, upkeep.self_test,
    holding.holding, identity.identity, roster.roster, pack.pack, publish.publish,
)  # fmt: skip


@click.group(
    "pmqa-desktop",
    cls=Group,
    help=N_("PMQA Desktop without a window. Without a command the window opens."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@language_option
@click.version_option(__version__, message="%(version)s", help=N_("Show the version."))
def commands() -> None:
    """Hold the commands together; the language is set by its option."""


identity.identity.add_command(recovery.recovery)
for _command in _COMMANDS:
    commands.add_command(_command)


def run(arguments: Sequence[str], open_window: OpenWindow | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: What stands after the program's name.
        open_window: Opens the window once, for `self-test`; the core itself knows no window.
    """
    return _run(commands, list(arguments), open_window)
