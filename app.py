"""The app: ``streamlit run app.py`` (or ``make app``).  Listens to this machine only, see ``.streamlit/config.toml``."""

from pipeline.ui.main import run

run()
