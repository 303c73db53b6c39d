"""The app: a clerk's desk and an analyst's map, in Vietnamese, for a browser on this machine (``app.py``)."""
