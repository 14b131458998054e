"""Runs notebooks in the real Deno kernel, as Jupyter does, and prints the outputs: one line of JSON per run.

Usage: execute.py NOTEBOOK… [--runs N] [--at-once N]
"""

import argparse
import asyncio
import json
import os
import sys
import time

import nbformat
from nbclient import NotebookClient


def told(output):
    """What a test needs to know about an output."""
    data = output.get("data", {})
    return {
        "type": output.output_type,
        "forms": sorted(data),
        "text": output.get("text") or data.get("text/plain") or output.get("evalue", ""),
    }


async def run(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    begun = time.monotonic()
    client = NotebookClient(
        notebook,
        timeout=120,
        # How long it keeps listening after the cell is done. On a busy machine the default of 4 seconds is not enough to
        # read what has already arrived, and then it silently drops the rest.
        iopub_timeout=60,
        raise_on_iopub_timeout=True,
        kernel_name="deno",
        allow_errors=True,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(path))}},
    )
    await client.async_execute()
    nbformat.validate(notebook)
    cells = [
        {"id": cell.id, "outputs": [told(output) for output in cell.outputs]}
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    print(json.dumps({"path": path, "seconds": time.monotonic() - begun, "cells": cells}), flush=True)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notebooks", nargs="+")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=1)
    options = parser.parse_args()
    turns = asyncio.Semaphore(options.at_once)

    async def one(path):
        async with turns:
            await run(path)

    await asyncio.gather(*(one(path) for path in options.notebooks for _ in range(options.runs)))


sys.exit(asyncio.run(main()))
