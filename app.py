"""Backprop by Hand: put the chosen page into the common frame and run it."""

import streamlit as st

from pages.common.navigation import navigation, page_style
from pages.common.warmup import warm_up

page = navigation()
st.set_page_config(page_title=f"{page.title} · Backprop by Hand", layout="wide")
page_style()
page.run()
warm_up()
