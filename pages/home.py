"""Home: what the app is for, and a card for each question of the sheet."""

import streamlit as st

from pages.common.navigation import frame

frame()
st.title("Backprop by Hand")
for stem, title in (("q1", "Question 1"), ("q2", "Question 2"), ("q3", "Question 3")):
    st.page_link(f"pages/{stem}.py", label=title)
