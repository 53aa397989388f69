"""Sentences with what the audit must find in them, and with what it must leave alone."""

from audit_sentences import rates, sums

SENTENCES = [*sums.SENTENCES, *rates.SENTENCES]
