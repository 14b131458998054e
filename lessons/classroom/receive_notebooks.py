"""Run as the learner, by jupyterhub_config.py: writes the notebooks that arrive on standard input to the folder that is named.

Usage: receive_notebooks.py FOLDER; standard input: {"name.ipynb": "text", …} as JSON. Ends with 1 and a line on what is in the way.

The hub runs as root and the folder is the learner's, who may put links into it. So nothing is opened here with more rights than theirs, the
text comes from the hub and not from a file, and no name that exists, a link to nowhere included, is followed or replaced.
"""

import json
import os
import sys


def receive(folder, notebooks):
    """Writes what is missing, each notebook whole or not at all; returns the names that were written."""
    os.makedirs(folder, exist_ok=True)
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        present = set(os.listdir(directory))
        return [name for name in sorted(notebooks) if name not in present and write(directory, name, notebooks[name])]
    finally:
        os.close(directory)


def write(directory, name, text):
    """Writes one notebook under another name and gives it its own, which fails where the name exists; False if it does."""
    temporary = f".{name}.{os.getpid()}"
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644, dir_fd=directory)
    try:
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            opened.write(text)
        os.link(temporary, name, src_dir_fd=directory, dst_dir_fd=directory, follow_symlinks=False)
        return True
    except FileExistsError:
        return False
    finally:
        os.unlink(temporary, dir_fd=directory)


if __name__ == "__main__":
    try:
        receive(sys.argv[1], json.load(sys.stdin))
    except OSError as error:
        sys.exit(f"The notebooks cannot be written to {sys.argv[1]}: {error.strerror}. Move what is in the way, and sign in again.")
