"""Static charts of an evaluation as SVG and PNG, drawn with altair and vl-convert: `commune`, `province`, `agency`.

Importing this package loads neither; drawing the first chart does.
"""

from ntm_rules.report.charts.chart import Chart

__all__ = ["Chart"]
