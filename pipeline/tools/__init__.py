"""Scripts run by hand. Nothing of the pipeline imports them, so editing one does not read the corpus
again.
"""
