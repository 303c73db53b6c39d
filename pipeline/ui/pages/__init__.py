"""The pages; each module has one ``show``."""
