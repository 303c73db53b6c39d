"""Keeping records: originals, versions, corrections, registers, tasks, search and the audit trail.

``pipeline.store.archive.Archive`` is the one door for callers (command line, app, API); the other modules are its
rooms.
"""
