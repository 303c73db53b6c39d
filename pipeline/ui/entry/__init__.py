"""Where Streamlit starts: in a folder of its own, because it takes a folder ``pages`` beside its script for pages."""
