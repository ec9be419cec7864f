"""Static pictures: bars of an evaluation (`commune`, `province`, `agency`), a road map's years and its map of communes.

As SVG, and as PNG where papers need it.
"""

from ntm_rules.report.charts.chart import Chart
from ntm_rules.report.charts.picture import Picture

__all__ = ["Chart", "Picture"]
