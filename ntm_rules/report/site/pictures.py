"""The pictures of the pages: each a file of its own beside them, with its words for those who do not see it."""

from __future__ import annotations

import re

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.charts import Chart

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


class Pictures:
    """The charts that pages have asked for, by file name."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def figure(self, file: str, chart: Chart | None) -> Markup:
        """Return a chart as a figure, its picture kept for writing; nothing where there is no chart."""
        if chart is None:
            return Markup("")
        svg = chart.svg()
        found = _SIZE.search(svg)
        assert found, "every picture has a size"
        self.files[file] = svg.encode()
        return Markup(
            '<figure><figcaption>{title} <a href="{file}">{alone}</a></figcaption><img src="{file}" alt="{alt}" width="{width}" height="{height}"></figure>'
        ).format(
            alone=_("the picture alone"),
            title=chart.title,
            file=file,
            alt=chart.alternative,
            width=found[1],
            height=found[2],
        )
