"""From a decision to an overlay: what is still to fill, as YAML or as a workbook, and the workbook read back."""
