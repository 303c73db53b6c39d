"""Calibrated confidence: collecting pairs, fitting the table of the product, measuring it (see README.md)."""
