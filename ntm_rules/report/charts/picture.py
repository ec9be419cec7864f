"""A picture of any kind, as papers and pages take it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass


class Picture(ABC):
    """A picture, ready to be drawn, in the language in which it was made.

    `title` and `description` stand beside it or are its alternative text; `warnings` are drawn below (`invented`).
    """

    title: str
    description: str
    warnings: Sequence[str]

    @property
    def alternative(self) -> str:
        """The words for those who do not see the picture: what it is, then what it shows."""
        return f"{self.title}. {self.description}"

    @abstractmethod
    def svg(self) -> str:
        """Return the picture as SVG."""

    def png(self, scale: float = 2.0) -> bytes:
        """Return the picture as PNG; `scale` is the number of dots for each unit of the SVG."""
        import vl_convert

        found: bytes = vl_convert.svg_to_png(self.svg(), scale=scale)
        return found


@dataclass(frozen=True)
class Drawn(Picture):
    """A picture that is drawn already."""

    title: str
    description: str
    content: str
    """SVG."""
    warnings: Sequence[str] = ()

    def svg(self) -> str:
        """Return the picture as SVG."""
        return self.content
