# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Every change of a roster that the secretariat can propose, and what each of them does to the round."""

from dataclasses import dataclass

from pmqa_desktop.text import N_
from ui.screens.round_setup.act_form import ActForm
from ui.screens.round_setup.key_acts import LaptopForm, LostForm, NewPersonForm, RetireForm
from ui.screens.round_setup.name_acts import AgencyWordsForm, NamesForm, RecoveryForm
from ui.screens.round_setup.panel_acts import AgencyForm, ChairForm, SeatForm
from ui.screens.round_setup.round_acts import CloseForm, DueForm, OfficersForm


@dataclass(frozen=True, slots=True)
class Act:
    """A change: its name, an icon, a title, what comes of it (message ids), and its form."""

    name: str
    icon: str
    title: str
    told: str
    form: type[ActForm]


ACTS: tuple[Act, ...] = (
    Act("laptop", "swap", N_("Another laptop of a person"), N_(
        "The person made a new key and sent its enrolment file. What the former key signed stays valid; from then on "
        "only the new one signs."), LaptopForm),
    Act("person", "user", N_("A new person"), N_(
        "Somebody joins the round. A seat or another task is given by a change of its own."), NewPersonForm),
    Act("retire", "key", N_("A key out of use"), N_(
        "The key signs nothing more that counts. Everything it signed before stays valid."), RetireForm),
    Act("lost", "warn", N_("A key in other hands"), N_(
        "A laptop was stolen, or a key copied. Nothing it ever signed counts any more, but for the documents that you "
        "keep."), LostForm),
    Act("chair", "flag", N_("The chair of a committee"), N_(
        "Another person leads, for good or for a while. What the former chair signed counts only where it is kept."),
        ChairForm),
    Act("seat", "list", N_("A seat of a committee"), N_(
        "A seat is added, changes hands, judges other items, or goes. Sheets of who loses a seat no longer count."),
        SeatForm),
    Act("agency", "folder", N_("A new agency"), N_(
        "An agency joins the round, with a committee or without."), AgencyForm),
    Act("agency-words", "pen", N_("The names of an agency"), N_(
        "A name is corrected on the board and in reports. Its short code and its committee stay."), AgencyWordsForm),
    Act("due", "clock", N_("Due dates"), N_("The board tells by them who is late. Nothing else changes."), DueForm),
    Act("officers", "lock", N_("Officers and secretariat"), N_(
        "Who signs rosters and how many must: both the present officers and the new ones have to sign this change."),
        OfficersForm),
    Act("recovery", "key", N_("The recovery key"), N_(
        "It lies on two media in a safe and opens what was sealed when a laptop is lost. What is sealed from then on "
        "is sealed to it too; what was sealed before is not."), RecoveryForm),
    Act("names", "pen", N_("Titles and class of secrecy"), N_(
        "What stands on every report. The short name of the round stays, as every document carries it."), NamesForm),
    Act("close", "ok", N_("Close the round"), N_(
        "The results are official. From then on only the documents accepted here count, for good."), CloseForm),
)  # fmt: skip
"""In the order of how often they are needed."""
