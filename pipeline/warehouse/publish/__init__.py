"""From the work file to what people open: publication, dictionary, release notes, exports, queries."""
