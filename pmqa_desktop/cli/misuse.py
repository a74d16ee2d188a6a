# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What was wrong with a command as it was typed, in the person's language.

Click words its complaints in English only; here they are told from its exceptions, so that a mistyped command is
answered as plainly as a refused file.
"""

import re

import click

from pmqa_desktop.text import _

_TOO_MUCH = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


def misuse(error: click.ClickException) -> str:
    """Return one sentence on what is missing, unknown or of the wrong kind."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return _("No command is named. The commands are listed by --help.")
        case click.NoSuchCommand():
            return _("There is no command {name}. The commands are listed by --help.").format(name=error.command_name)
        case click.NoSuchOption():
            return _("There is no option {name}. The options are listed by --help.").format(name=error.option_name)
        case click.BadOptionUsage():
            return _("The option {name} stands there without its value, or with one that it does not take.").format(
                name=error.option_name
            )
        case click.MissingParameter() if error.param is not None:
            return _("{name} is missing.").format(name=_name(error.param, error.ctx))
        case click.BadParameter() if error.param is not None:
            return _wrong_value(error.param, error)
    extra = _TOO_MUCH.fullmatch(error.message)
    if extra is not None:
        return _("There is more on the line than the command takes: {found}").format(found=extra[1])
    return error.format_message()


def _name(parameter: click.Parameter, context: click.Context | None) -> str:
    """Return an option's name as it is typed, or an argument's as the usage line shows it."""
    if isinstance(parameter, click.Option) or context is None:
        return max(parameter.opts, key=len)
    return parameter.make_metavar(context)


def _wrong_value(parameter: click.Parameter, error: click.BadParameter) -> str:
    name = _name(parameter, error.ctx)
    match parameter.type:
        case click.Choice():
            choices = ", ".join(str(one) for one in parameter.type.choices)
            return _("{name} takes one of these values: {choices}.").format(name=name, choices=choices)
        case click.types.IntParamType():
            return _("{name} takes a whole number.").format(name=name)
        case click.Path():
            return _("{name} takes the name of a file, not of a folder.").format(name=name)
    return error.format_message()
