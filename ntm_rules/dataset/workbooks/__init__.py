"""What lies in a workbook's package: its parts, styles, sheets and cells, read and held safe."""
