"""Static charts of an evaluation: `commune`, `province`, `agency`; as SVG, and as PNG where papers need it."""

from ntm_rules.report.charts.chart import Chart

__all__ = ["Chart"]
