"""The citation graph: which document implements, replaces, answers … which, over documents held and only cited.

``pipeline.graph.graph.CitationGraph`` answers questions; the store's archive is what it is built from.
"""
