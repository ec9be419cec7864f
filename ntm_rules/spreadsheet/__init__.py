"""What every workbook shares that the program writes: how it is begun, its looks, its pages, the cells to fill in."""
