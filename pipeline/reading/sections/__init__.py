"""The heading tree of each report."""
