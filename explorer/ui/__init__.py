"""The pages, their controls and what they show live. The only room that knows Streamlit."""
