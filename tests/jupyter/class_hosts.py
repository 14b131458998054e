"""A class in which each learner has a host name: two sign in, and where their servers are and who may ask them is printed as JSON.

Usage: class_hosts.py STATE. The names exist in this program only: all of them lead to this machine.
"""

import asyncio
import http.cookiejar
import json
import socket
import sys
import urllib.error
import urllib.parse
import urllib.request

from hub import PORT, ask, hub, until

STATE = sys.argv[1]
CLASS = "class.example"
ask_system = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: ask_system("127.0.0.1" if str(host).endswith(CLASS) else host, *rest, **more)


class Browser:
    """One learner's browser: it keeps cookies and follows redirects."""

    def __init__(self):
        self.jar = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(strict_ns_domain=http.cookiejar.DefaultCookiePolicy.DomainStrict))
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def open(self, url, data=None):
        try:
            answer = self.opener.open(urllib.request.Request(url, data, {"Accept": "text/html"}), timeout=60)
            return answer.status, answer.url
        except urllib.error.HTTPError as error:
            return error.code, error.url

    def sign_in(self, name):
        form = urllib.parse.urlencode({"username": name, "password": "any"}).encode()
        status, url = self.open(f"http://{CLASS}:{PORT}/hub/login?next=%2Fuser%2F{name}%2Ftree", form)
        cookie = next((cookie for cookie in self.jar if cookie.name == f"jupyterhub-user-{name}"), None)
        return {"status": status, "host": urllib.parse.urlsplit(url).hostname, "cookie": cookie and cookie.domain}


def visit():
    ada, bob = Browser(), Browser()
    told = {"ada": ada.sign_in("ada"), "bob": bob.sign_in("bob")}
    status, url = bob.open(f"http://ada.{CLASS}:{PORT}/user/ada/api/contents")
    told["bob asks ada's server"] = status
    return told


async def start(name):
    await ask("POST", f"/hub/api/users/{name}")
    await ask("POST", f"/hub/api/users/{name}/server")

    async def ready():
        return json.loads((await ask("GET", f"/hub/api/users/{name}")).body)["servers"].get("", {}).get("ready")

    await until(ready, 120, f"{name}: the server")


async def main():
    async with hub(STATE, CLASSROOM_HOST=f"http://{CLASS}:{PORT}"):
        await asyncio.gather(start("ada"), start("bob"))
        print(json.dumps(await asyncio.to_thread(visit)))
        await asyncio.gather(*(ask("DELETE", f"/hub/api/users/{name}/server") for name in ("ada", "bob")))


asyncio.run(main())
