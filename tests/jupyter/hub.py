"""A JupyterHub for tests, started as a teacher starts it, but with accounts that exist nowhere else; and how its API is asked."""

import asyncio
import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

HERE = os.path.dirname(os.path.abspath(__file__))
START = os.path.join(HERE, "..", "..", "lessons", "classroom")
TOKEN = secrets.token_hex(16)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT = free_port()
URL = f"http://127.0.0.1:{PORT}"


async def ask(method, path, body=None, token=TOKEN):
    request = HTTPRequest(
        URL + path,
        method=method,
        headers={"Authorization": f"token {token}"},
        body=json.dumps(body or {}) if method in ("POST", "PUT") else None,
        request_timeout=120,
    )
    return await AsyncHTTPClient().fetch(request, raise_error=False)


async def until(condition, seconds, what):
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            found = await condition()
            if found:
                return found
        except OSError:
            pass
        await asyncio.sleep(0.2)
    raise TimeoutError(f"{what} took longer than {seconds} s")


@contextlib.asynccontextmanager
async def hub(state, **settings):
    """Starts the hub of a class with its state in a folder, and ends it; settings are environment variables."""
    environment = {
        **os.environ,
        # The deno that runs the tests comes first.
        "PATH": os.path.dirname(os.environ.get("DENO", "")) + ":" + os.environ["PATH"],
        "CLASSROOM_STATE": state,
        "CLASSROOM_CONFIG": os.path.join(HERE, "classroom_config.py"),
        "CLASSROOM_ITSELF": os.path.join(START, "jupyterhub_config.py"),
        "CLASSROOM_PORT": str(PORT),
        "HUB_PORT": str(free_port()),
        "PROXY_PORT": str(free_port()),
        "HUB_TOKEN": TOKEN,
        **settings,
    }
    environment.setdefault("MNIST_DIR", state)
    log = open(os.path.join(state, "hub.log"), "w")
    process = subprocess.Popen([os.path.join(START, "start")], env=environment, stdout=log, stderr=log)
    try:

        async def up():
            if process.poll() is not None:
                with open(log.name) as file:
                    sys.exit(f"JupyterHub ended with {process.returncode}:\n{file.read()[-2000:]}")
            return (await ask("GET", "/hub/api/")).code == 200

        await until(up, 90, "the hub")
        yield
    finally:
        process.terminate()
        process.wait(30)
