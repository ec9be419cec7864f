"""The screen: plain words in, nothing in them read as markup, nothing in them that could steer a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from ntm_rules.visible import steering_in, visible_lines


class Screen(Console):
    """A console that shows words as they are written, and characters that steer a terminal by their numbers."""

    def __init__(self, *, errors: bool = False, long_lines: bool = False, width: int | None = None) -> None:
        """Open the screen.

        Args:
            errors: write where errors and progress go.
            long_lines: a line is never broken, so that paths can be copied.
            width: in characters; that of the terminal if None.
        """
        super().__init__(markup=False, emoji=False, highlight=False, stderr=errors, soft_wrap=long_lines, width=width)

    def render_str(self, text: str, **looks: Any) -> Text:
        """Return words as they are printed, measured and put into the cells of a table."""
        return super().render_str(visible_lines(text), **looks)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the segments of anything printed, the cells of a table included."""
        if isinstance(renderable, Text) and steering_in(renderable.plain):
            renderable = Text(visible_lines(renderable.plain), renderable.style)
        return super().render(renderable, options)
