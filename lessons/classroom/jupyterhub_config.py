"""JupyterHub for a class on one machine: every account is a learner, with notebooks, limits, and a server that ends when idle.

`start`, beside this file, starts it and sets the variables below. See README.md.
"""

import asyncio
import json
import os
import pwd
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COURSE = os.path.abspath(os.path.join(HERE, "..", ".."))
STATE = os.environ.get("CLASSROOM_STATE", os.path.join(COURSE, ".gradually", "classroom"))
NOTEBOOKS = os.path.join(STATE, "notebooks")
with open(os.path.join(HERE, "receive_notebooks.py"), encoding="utf-8") as source:
    RECEIVE = source.read()

# What a class may want to choose, with defaults that suit a small machine.
ADDRESS = os.environ.get("CLASSROOM_ADDRESS", "127.0.0.1")  # behind a proxy that encrypts; 0.0.0.0 is every network of the machine
PORT = int(os.environ.get("CLASSROOM_PORT", "8000"))
MEMORY_MB = int(os.environ.get("CLASSROOM_MEMORY_MB", "1500"))  # at most, for each process of a learner
THREADS = os.environ.get("CLASSROOM_THREADS", "1")  # for each kernel that trains
IDLE_MINUTES = int(os.environ.get("CLASSROOM_IDLE_MINUTES", "30"))
ACTIVE_LIMIT = int(os.environ.get("CLASSROOM_ACTIVE_LIMIT", "0"))  # learners at once; 0: no limit
HOST = os.environ.get("CLASSROOM_HOST", "")  # https://class.example.org: each learner gets a host name of their own below it
TEACHERS = set(os.environ.get("CLASSROOM_TEACHERS", "").split())

c = get_config()  # noqa: F821, provided by JupyterHub

# ---- the hub ----
c.JupyterHub.bind_url = f"http://{ADDRESS}:{PORT}"
c.JupyterHub.db_url = f"sqlite:///{STATE}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{STATE}/cookie_secret"
if HOST:
    c.JupyterHub.subdomain_host = HOST
# A page elsewhere cannot act as somebody who is signed in here: their cookies do not go along.
c.JupyterHub.tornado_settings = {"cookie_options": {"samesite": "Lax"}}
c.ConfigurableHTTPProxy.pid_file = f"{STATE}/proxy.pid"
c.JupyterHub.active_server_limit = ACTIVE_LIMIT
c.JupyterHub.concurrent_spawn_limit = 20  # when a lesson begins, everyone signs in at once; the others are asked to wait a moment
c.Authenticator.admin_users = TEACHERS
c.Authenticator.blocked_users = {"root"}
# Who may sign in: every account on the machine, with its password (PAM). To allow only some names, set c.Authenticator.allowed_users.

# ---- a learner's server ----
c.Spawner.cmd = [os.path.join(HERE, "limited"), str(MEMORY_MB), "jupyterhub-singleuser"]
c.Spawner.notebook_dir = "~/gradually"
c.Spawner.disable_user_config = True  # what a learner writes into ~/.jupyter cannot weaken their own server
c.Spawner.http_timeout = 60
c.Spawner.start_timeout = 60
c.Spawner.args = [
    # An unused kernel ends, and then the server that has no kernels left; notebooks are saved, variables are not.
    f"--MappingKernelManager.cull_idle_timeout={IDLE_MINUTES * 60}",
    "--MappingKernelManager.cull_interval=60",
    f"--NotebookApp.shutdown_no_activity_timeout={IDLE_MINUTES * 60}",
    "--NotebookApp.disable_check_xsrf=False",  # a request that changes something has to carry a token from the server's own pages
    "--KernelSpecManager.ensure_native_kernel=False",  # the Deno kernel, and no other
    "--KernelSpecManager.allowed_kernelspecs=deno",
]
c.Spawner.environment = {
    "JUPYTER_PATH": HERE,  # kernels/deno/kernel.json
    "JUPYTER_CONFIG_PATH": os.path.join(HERE, "account"),  # jupyter_config.py
    "MNIST_DIR": os.environ.get("MNIST_DIR", os.path.join(COURSE, "data", "cache")),  # one copy for all, writable only by root
    "GRADUALLY_THREADS": THREADS,
    "DENO_NO_UPDATE_CHECK": "1",
    "DENO_V8_FLAGS": f"--max-old-space-size={MEMORY_MB // 2}",
}


async def prepare(spawner):
    """Prepares what an account needs before its server starts."""
    spawner.environment = {**spawner.environment, "CLASSROOM_ACCOUNT": str(spawner.user.id)}
    await asyncio.to_thread(bring_notebooks, spawner)  # the hub goes on meanwhile, however slow a learner's disk is


def bring_notebooks(spawner):
    """Hands over the notebooks that the learner does not have yet, written with the learner's rights; see receive_notebooks.py."""
    home = getattr(spawner, "home_dir", None)  # a spawner without accounts, as in a container, says where home is
    rights = {}
    if home is None:
        account = pwd.getpwnam(spawner.user.name)
        home = account.pw_dir
        groups = os.getgrouplist(account.pw_name, account.pw_gid)
        rights = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": groups, "umask": 0o022}
    notebooks = {}
    for name in os.listdir(NOTEBOOKS):
        with open(os.path.join(NOTEBOOKS, name), encoding="utf-8") as file:
            notebooks[name] = file.read()
    written = subprocess.run(
        [sys.executable, "-I", "-c", RECEIVE, os.path.join(home, "gradually")],
        input=json.dumps(notebooks),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={},
        cwd="/",
        timeout=30,
        **rights,
    )
    if written.returncode != 0:
        raise RuntimeError(written.stderr.strip())


c.Spawner.pre_spawn_hook = prepare
