"""Who drives the batches: one batch of files (`batch`), this machine (`local`), a Ray cluster (`ray`),
remote raw folders.
"""
