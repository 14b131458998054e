"""The classroom's configuration, without what a test cannot have: accounts on the machine, and their passwords."""

import os

from jupyterhub.auth import DummyAuthenticator
from jupyterhub.spawner import SimpleLocalProcessSpawner

load_subconfig(os.environ["CLASSROOM_ITSELF"])  # noqa: F821, provided by JupyterHub
c = get_config()  # noqa: F821

c.JupyterHub.authenticator_class = DummyAuthenticator
c.Authenticator.admin_users = {"teacher"}
c.JupyterHub.spawner_class = SimpleLocalProcessSpawner
c.SimpleLocalProcessSpawner.home_dir_template = os.environ["CLASSROOM_STATE"] + "/homes/{username}"
c.Spawner.args = [*c.Spawner.args, "--allow-root"]
c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ['CLASSROOM_PORT']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{os.environ['HUB_PORT']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ['PROXY_PORT']}"
c.JupyterHub.services = [{"name": "test", "api_token": os.environ["HUB_TOKEN"], "admin": True}]

