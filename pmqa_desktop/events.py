# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What changed and who asked: small values, published after a commit, dispatched by type."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """Something changed in the open workspace; `initiator` lets the asking view recognise itself."""

    initiator: str = ""


@dataclass(frozen=True, slots=True)
class DraftChanged(Event):
    """An own draft changed: `items` lists the item codes (empty means the whole sheet)."""

    agency: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentsChanged(Event):
    """Signed documents were added: by signing here or by an import."""

    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsensusDraftChanged(Event):
    """The chair settled or reopened items of an agency."""

    agency: str = ""
    items: tuple[str, ...] = ()


Handler = Callable[[Any], None]


class EventBus:
    """Hand every published event to the handlers of its type and of its base types."""

    def __init__(self) -> None:
        """Start without handlers."""
        self._handlers: dict[type[Event], list[Handler]] = {}

    def subscribe(self, kind: type[Event], handler: Handler) -> Callable[[], None]:
        """Call `handler` for each event of `kind`; the returned function ends that."""
        self._handlers.setdefault(kind, []).append(handler)

        def unsubscribe() -> None:
            if handler in self._handlers.get(kind, []):
                self._handlers[kind].remove(handler)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Tell all who asked for this type or a base of it."""
        for kind in type(event).__mro__:
            for handler in tuple(self._handlers.get(kind, ())):
                handler(event)
