"""The builder in the sidebar: network A, its rivals as copies of A plus what differs, and the training.

Every widget is bound to the URL by its key, so a link carries the whole choice; Streamlit falls back to the default
where a link holds a value that a widget does not offer, and the specs validate what passes.
"""
