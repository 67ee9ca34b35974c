"""Question 2 of the sheet."""

import streamlit as st

from pages.common.navigation import frame

frame()
st.title("Question 2")
st.write("In the making.")
