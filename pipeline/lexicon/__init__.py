"""Facts about the world that the reader needs, as data files with validity dates: types of documents, agencies, places,
abbreviations, positions.  Every table is loaded when first asked for and kept."""
