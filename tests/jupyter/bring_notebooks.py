"""The classroom's hub, which is root, brings notebooks to an account that has put links in the way; prints what it found as JSON.

Usage: bring_notebooks.py FOLDER. The account is `nobody`, with a home in FOLDER; only root can open the account's rights, so run it as root.
"""

import asyncio
import json
import os
import pwd
import runpy
import shutil
import subprocess
import sys
from types import SimpleNamespace

FOLDER = sys.argv[1]
CONFIG = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lessons", "classroom", "jupyterhub_config.py")
NOBODY = pwd.getpwnam("nobody")

state, homes, secrets = (os.path.join(FOLDER, name) for name in ("state", "homes", "secrets"))
os.environ["CLASSROOM_STATE"] = state
os.makedirs(os.path.join(state, "notebooks"))
os.chmod(state, 0o700)  # as `start` leaves it
os.makedirs(secrets, 0o700)
os.chmod(FOLDER, 0o755)
for number in (1, 2, 3):
    with open(os.path.join(state, "notebooks", f"{number}.ipynb"), "w") as file:
        file.write(f"notebook {number}")
secret = os.path.join(secrets, "secret")
with open(secret, "w") as file:
    file.write("root's own")
os.chmod(secret, 0o600)


class Anything:
    """Takes whatever a configuration sets."""

    def __getattr__(self, name):
        self.__dict__[name] = Anything()
        return self.__dict__[name]


def bring(home):
    """Lets the hub prepare an account whose home this is; returns what it complained of."""
    account = pwd.struct_passwd((NOBODY.pw_name, "x", NOBODY.pw_uid, NOBODY.pw_gid, "", home, "/bin/sh"))
    settings = Anything()
    module = runpy.run_path(CONFIG, {"get_config": lambda: settings})
    module["pwd"].getpwnam = lambda name: account
    try:
        asyncio.run(settings.Spawner.pre_spawn_hook(SimpleNamespace(environment={}, user=SimpleNamespace(id=1, name="nobody"))))
    except RuntimeError as error:
        return str(error)
    return None


def home(name):
    path = os.path.join(homes, name)
    os.makedirs(path)
    os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid)
    return path


def owned(path, make):
    make(path)
    os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid, follow_symlinks=False)


def read(path):
    with open(path) as file:
        return file.read()


# A link to root's file, a link to nowhere, and work that the learner has done.
ada = home("ada")
owned(os.path.join(ada, "gradually"), os.mkdir)
inside = os.path.join(ada, "gradually")
owned(os.path.join(inside, "1.ipynb"), lambda path: os.symlink(secret, path))
owned(os.path.join(inside, "2.ipynb"), lambda path: os.symlink(os.path.join(secrets, "new"), path))
told = {"links": bring(ada)}
told["third"] = read(os.path.join(inside, "3.ipynb"))
told["third's owner is the learner"] = os.stat(os.path.join(inside, "3.ipynb")).st_uid == NOBODY.pw_uid
told["left in the folder"] = sorted(os.listdir(inside))

# The folder itself is a link to a folder of root's.
grace = home("grace")
owned(os.path.join(grace, "gradually"), lambda path: os.symlink(secrets, path))
told["folder"] = (bring(grace) or "").replace(FOLDER, "")

# Nothing is in the way; what the learner writes stays.
alan = home("alan")
told["new"] = bring(alan)
with open(os.path.join(alan, "gradually", "1.ipynb"), "w") as file:
    file.write("my work")
told["again"] = bring(alan)
told["kept"] = [read(os.path.join(alan, "gradually", f"{number}.ipynb")) for number in (1, 2, 3)]

told["secrets"] = {
    "files": os.listdir(secrets),
    "text": read(secret),
    "root's": os.stat(secret).st_uid == 0 and os.stat(secrets).st_uid == 0,
    "read by the learner": subprocess.run(["cat", os.path.join(inside, "1.ipynb")], user=NOBODY.pw_uid, capture_output=True).returncode == 0,
}
shutil.rmtree(homes)
print(json.dumps(told))
