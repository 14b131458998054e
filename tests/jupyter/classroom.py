"""A whole class signs in at once: starts JupyterHub, opens servers for N accounts through its API, and runs a notebook in each account's kernel.

Usage: classroom.py STATE NOTEBOOK N; prints what happened as JSON.
"""

import asyncio
import glob
import http.cookiejar
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from hub import PORT, URL, ask, hub, until
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

STATE, NOTEBOOK, COUNT = sys.argv[1], sys.argv[2], int(sys.argv[3])


async def learner(name):
    """Signs in, waits for the server, and runs the notebook cell by cell; returns how long it took."""
    begun = time.monotonic()
    await ask("POST", f"/hub/api/users/{name}")
    made = await ask("POST", f"/hub/api/users/{name}/tokens", {"note": "test"})
    token = json.loads(made.body)["token"]

    async def accepted():  # 429: too many at once, try again
        answer = await ask("POST", f"/hub/api/users/{name}/server")
        if answer.code >= 500:
            raise RuntimeError(f"{name}'s server: {answer.code} {answer.body.decode()}")
        return answer.code in (201, 202)

    async def ready():
        return json.loads((await ask("GET", f"/hub/api/users/{name}")).body)["servers"].get("", {}).get("ready")

    await until(accepted, 120, f"{name}: the start")
    await until(ready, 120, f"{name}: the server")
    server = time.monotonic() - begun

    content = json.loads((await ask("GET", f"/user/{name}/api/contents/{NOTEBOOK}", token=token)).body)["content"]
    kernel = json.loads((await ask("POST", f"/user/{name}/api/kernels", {"name": "deno"}, token=token)).body)["id"]
    socket_url = f"ws://127.0.0.1:{PORT}/user/{name}/api/kernels/{kernel}/channels?token={token}&session_id={name}"
    # It opens when the kernel answers. With ten kernels on a busy machine, one may take longer than the default of 20 seconds.
    opening = HTTPRequest(socket_url, connect_timeout=120, request_timeout=120)
    channel = await websocket_connect(opening, max_message_size=64 * 2**20)
    failures, pictures, cells = [], 0, 0
    for cell in content["cells"]:
        if cell["cell_type"] != "code":
            continue
        cells += 1
        message = {
            "header": {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "username": name, "session": name, "version": "5.3"},
            "parent_header": {},
            "metadata": {},
            "content": {"code": cell["source"], "silent": False, "store_history": True, "allow_stdin": False, "user_expressions": {}},
            "channel": "shell",
            "buffers": [],
        }
        await channel.write_message(json.dumps(message))
        while True:
            heard = json.loads(await asyncio.wait_for(channel.read_message(), 180))
            if heard["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if heard["msg_type"] == "error":
                failures.append(heard["content"]["evalue"])
            if "image/svg+xml" in heard["content"].get("data", {}):
                pictures += 1
            if heard["msg_type"] == "status" and heard["content"]["execution_state"] == "idle":
                break
    return {"name": name, "server": server, "done": time.monotonic() - begun, "cells": cells, "pictures": pictures, "failures": failures}


def forgery(name):
    """What happens to a change that comes with a learner's cookies only, as another page could send it, and with the token of their page."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = urllib.parse.urlencode({"username": name, "password": "any"}).encode()
    opener.open(urllib.request.Request(f"{URL}/hub/login?next=%2Fuser%2F{name}%2Ftree", data=form), timeout=60).read()

    def create(headers):
        body = json.dumps({"type": "file"}).encode()
        headers = {"Content-Type": "application/json", **headers}
        try:
            return opener.open(urllib.request.Request(f"{URL}/user/{name}/api/contents", body, headers), timeout=60).status
        except urllib.error.HTTPError as error:
            return error.code

    cookies = {cookie.name: cookie for cookie in jar}
    token = cookies["_xsrf"].value
    return {
        "without a token": create({}),
        "with its token": create({"X-XSRFToken": token}),
        "sameSite": cookies[f"jupyterhub-user-{name}"].get_nonstandard_attr("SameSite"),
        "own config": os.path.exists(os.path.join(STATE, "homes", name, "own_config_was_read")),
    }


def memory(name):
    """The memory of the account's processes: their own pages, and their share of shared pages. In MB."""
    total = 0
    for environ in glob.glob("/proc/[0-9]*/environ"):
        try:
            with open(environ, "rb") as file:
                if f"JUPYTERHUB_USER={name}".encode() not in file.read().split(b"\0"):
                    continue
            with open(environ.replace("environ", "smaps_rollup")) as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            continue  # it has ended, or belongs to someone else
    return total / 1024


async def main():
    begun = time.monotonic()
    async with hub(STATE):
        hub_seconds = time.monotonic() - begun
        names = [f"learner{number}" for number in range(1, COUNT + 1)]
        own = os.path.join(STATE, "homes", names[0], ".jupyter")
        os.makedirs(own)
        with open(os.path.join(own, "jupyter_notebook_config.py"), "w") as file:
            file.write("import os\nopen(os.path.expanduser('~/own_config_was_read'), 'w').close()\nc.NotebookApp.disable_check_xsrf = True\n")
        learners = await asyncio.gather(*(learner(name) for name in names), return_exceptions=True)
        sizes = [memory(name) for name in names]
        forged = await asyncio.to_thread(forgery, names[0])
        broken = [f"{type(one).__name__}: {one}" for one in learners if isinstance(one, BaseException)]
        print(json.dumps({
            "hub": hub_seconds,
            "learners": [one for one in learners if not isinstance(one, BaseException)],
            "broken": broken,
            "memory": sizes,
            "forgery": forged,
        }))
        await asyncio.gather(*(ask("DELETE", f"/hub/api/users/{name}/server") for name in names))


asyncio.run(main())
