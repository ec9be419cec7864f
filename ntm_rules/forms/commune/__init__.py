"""Workbooks for communes: blank forms made from a criteria set, and filled ones given back with their mistakes marked."""
