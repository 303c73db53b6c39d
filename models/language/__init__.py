"""Training and comparison of the spaCy components that read what rules read: see ``README.md`` in this folder.

Developer tooling: the product never imports it.  ``python -m models.language.compare`` prints the comparison of rules
and models on issuers that no model saw; ``python -m models.language.train`` writes one component.
"""
