"""What Streamlit runs for every session of the app; ``app.py`` says what is served beside it."""

from pipeline.ui.main import run

run()
