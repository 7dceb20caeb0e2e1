"""The map with the panel of the reader's own points open beside it: the script that the browser test serves."""

import streamlit as st

from panels import map as atlas_map
from panels import points
from panels.address import begin, end
from panels.speech import speaker
from panels.world import world

st.set_page_config(page_title="Points", layout="wide")
view = begin(world().limits)
left, right = st.columns([1, 1])
with left:
    atlas_map.show(view)
with right:
    points.show(view, world(), speaker(view.state.lang))
end(view)
