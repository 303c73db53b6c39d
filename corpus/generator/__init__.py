"""Typesets the corpus's source files by Nghị định 30/2020/NĐ-CP and degrades the pages into scans.

Run as ``python -m corpus.generator --out DIR``.  Developer tooling: nothing here imports the pipeline, so that what
the pipeline is measured on owes nothing to what it believes.
"""
