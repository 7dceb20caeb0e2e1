"""The least that a Streamlit page can be: the floor for the time to the first map."""

import streamlit as st

st.write("One line of text.")
