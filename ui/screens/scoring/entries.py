# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What can be done with the entries of an item's comments: pure lists of texts, kind by kind."""

from collections.abc import Mapping

from pmqa_desktop.domain.answers import CommentKind
from pmqa_desktop.services.evaluation.sheets import joined, parted
from pmqa_desktop.thai import break_points

Texts = dict[CommentKind, tuple[str, ...]]
"""Entries by kind; as a change, only the kinds that change."""
At = tuple[CommentKind, int]
"""Which entry: its kind, and its place among them from 0."""
_SHORTEST_CUT = 400
"""An entry of fewer characters is not cut in two."""


def moved(text: str, place: int, step: int) -> tuple[tuple[str, ...], int] | None:
    """Exchange the entry of a field at a place (in characters) with its neighbour.

    Returns:
        The entries in their new order and where the moved one begins; None where there is no neighbour.
    """
    texts = parted(text)
    here = max(0, len(parted(text[:place] + "\0")) - 1)
    there = here + step
    if not (0 <= here < len(texts) and 0 <= there < len(texts)):
        return None
    swapped = list(texts)
    swapped[here], swapped[there] = swapped[there], swapped[here]
    before = joined(swapped[:there])
    return tuple(swapped), len(before) + 2 if before else 0


def cut_of_longest(text: str) -> tuple[int, int] | None:
    """Return where the longest entry of a field is best cut in two: the stretch that a blank line replaces.

    That is the line end nearest to its middle, else the space, else a place between two words.

    Returns:
        Begin and end in characters; None while there is no entry of some length.
    """
    longest = max(parted(text), key=len, default="")
    if len(longest) < _SHORTEST_CUT:
        return None
    middle, start = len(longest) // 2, text.index(longest)
    for sign in ("\n", " "):
        near = [at for at in (longest.rfind(sign, 0, middle), longest.find(sign, middle)) if 0 < at < len(longest) - 1]
        best = min(near, key=lambda at: abs(at - middle), default=0)
        if len(longest) < 4 * best < 3 * len(longest):
            return start + best, start + best + 1
    begin = middle - _SHORTEST_CUT // 4
    between = break_points(longest[begin : middle + _SHORTEST_CUT // 4])
    best = begin + min(between, key=lambda at: abs(begin + at - middle), default=middle - begin)
    return start + best, start + best


def shifted(texts: Mapping[CommentKind, tuple[str, ...]], at: At, step: int) -> tuple[Texts, At] | None:
    """Move an entry up (-1) or down (1) within its kind; None at the end."""
    kind, here = at
    there = here + step
    if not 0 <= there < len(texts[kind]):
        return None
    several = list(texts[kind])
    several[here], several[there] = several[there], several[here]
    return {kind: tuple(several)}, (kind, there)


def turned_into(texts: Mapping[CommentKind, tuple[str, ...]], at: At, kind: CommentKind) -> tuple[Texts, At] | None:
    """Make an entry one of another kind, the last of them."""
    source, here = at
    if source == kind:
        return None
    kept = texts[source][:here] + texts[source][here + 1 :]
    return {source: kept, kind: (*texts[kind], texts[source][here])}, (kind, len(texts[kind]))


def merged(texts: Mapping[CommentKind, tuple[str, ...]], at: At) -> tuple[Texts, At] | None:
    """Join an entry with the one after it, which follows on a line of its own."""
    kind, here = at
    if here + 1 >= len(texts[kind]):
        return None
    several = texts[kind]
    return {kind: (*several[:here], f"{several[here]}\n{several[here + 1]}", *several[here + 2 :])}, at


def without(texts: Mapping[CommentKind, tuple[str, ...]], at: At) -> tuple[Texts, At]:
    """Leave an entry out; the place is that of the one after it, or of the last."""
    kind, here = at
    kept = texts[kind][:here] + texts[kind][here + 1 :]
    return {kind: kept}, (kind, max(0, min(here, len(kept) - 1)))


def rewritten(texts: Mapping[CommentKind, tuple[str, ...]], at: At, text: str) -> tuple[Texts, At]:
    """Give an entry other words; a blank line in them parts it, no words leave it out."""
    kind, here = at
    return {kind: (*texts[kind][:here], *parted(text), *texts[kind][here + 1 :])}, at
