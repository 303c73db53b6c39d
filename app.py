"""The app: ``streamlit run app.py`` or ``make app``; listens to this machine only (``.streamlit/config.toml``)."""

from pipeline.ui.main import run

run()
