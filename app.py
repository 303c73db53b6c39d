"""The app: ``streamlit run app.py`` or ``make app``; listens to this machine only (``.streamlit/config.toml``)."""

from streamlit.starlette import App

from pipeline.ui.server import life, routes
from pipeline.ui.session import unforeseen

app = App("pipeline/ui/entry/script.py", routes=routes(), lifespan=life, on_script_error=unforeseen)
