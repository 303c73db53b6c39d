"""Whole runs: one file, a batch, inspection pictures, evaluation."""

from pipeline.workflow.run import FileResult, extract_bytes, extract_file

__all__ = ["FileResult", "extract_bytes", "extract_file"]
