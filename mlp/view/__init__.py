"""Presentation without Streamlit: numbers, formulas, tables and charts."""
