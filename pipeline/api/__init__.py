"""The REST API over an archive.  ``pipeline.api.app.create_app`` makes the application, ``congvan serve`` runs it."""
