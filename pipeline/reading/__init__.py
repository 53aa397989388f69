"""Bytes → text → reports. Belongs here: files, formats, layout, reports, regions. Not: what a number
means.
"""
