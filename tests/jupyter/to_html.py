"""Runs a notebook in the real Deno kernel and makes a page of it, as `jupyter nbconvert --execute --to html` does.

Usage: to_html.py NOTEBOOK PAGE
"""

import asyncio
import os
import sys

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

source, page = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
folder = os.path.dirname(os.path.abspath(source))
client = NotebookClient(notebook, timeout=300, iopub_timeout=60, kernel_name="deno", resources={"metadata": {"path": folder}})
asyncio.run(client.async_execute())
html, _ = HTMLExporter().from_notebook_node(notebook)
with open(page, "w", encoding="utf-8") as file:
    file.write(html)
