"""Records in the forms other people and systems want: registers, edXML, metadata, calendars, tables, markup.

``pipeline.export.formats.FORMATS`` lists every format by name; ``pipeline.export.formats.export`` makes the files.
"""
