"""What can be taken away: a receipt to hand in, and the variant on paper with its key."""

from dataclasses import replace
from functools import partial

import streamlit as st

from mlp.practice.receipt import PROOF, receipt_code, receipt_text
from mlp.view.paper import blank_page, blank_page_with_key
from pages.common.controls import download
from pages.worksheet.task import student_name
from pages.worksheet.workbook import Workbook


def hand_in_section(book: Workbook, *, named: bool) -> None:
    """Draw the receipt and the papers, once the section is opened; ask for a name where none was asked for before."""
    section = st.expander("Hand in, or print", icon=":material/receipt_long:", key="practice_take_open",
                          on_change="rerun")  # fmt: skip
    if not section.open:
        return
    with section:
        receipt = book.handed if named else replace(book.handed, student=student_name())
        st.caption(f"A receipt holds the variant, your answers, their marks and the hints you took. {PROOF}")
        st.code(receipt_code(receipt), language=None, wrap_lines=True)
        with st.container(horizontal=True):
            download("Receipt, text", partial(receipt_text, receipt), "receipt.txt")
            download("Blank sheet to print", partial(blank_page, book.solution), "practice-blank.html")
            if book.assignment.hints:
                download("Blank sheet and key", partial(blank_page_with_key, book.solution), "practice-key.html")
