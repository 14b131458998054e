"""What protects a kernel's ports: tries the ipc transport, then messages with a wrong signature. Prints what it found as JSON.

Usage: ports.py FOLDER
"""

import json
import os
import stat
import subprocess
import sys
import time

from jupyter_client.manager import KernelManager

folder = sys.argv[1]


def over_ipc():
    """What Deno says when the connection file asks for ipc; empty if its kernel answers."""
    manager = KernelManager(kernel_name="deno", transport="ipc", connection_file=os.path.join(folder, "ipc.json"))
    manager.start_kernel(cwd=folder, stderr=subprocess.PIPE)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)
        return ""
    except RuntimeError:
        manager.provisioner.process.kill()
        return manager.provisioner.process.stderr.read().decode(errors="replace")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def with_wrong_key():
    """Whether a cell runs whose message is signed with another key, and what a listener without the key hears."""
    file = os.path.join(folder, "tcp.json")
    manager = KernelManager(kernel_name="deno", connection_file=file)
    manager.start_kernel(cwd=folder)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=30)
    stranger = manager.client()
    stranger.session.key = b"not the key"
    stranger.start_channels()
    mark = os.path.join(folder, "ran.txt")
    stranger.execute(f"Deno.writeTextFileSync({json.dumps(mark)}, 'ran')")
    time.sleep(0.5)
    client.execute_interactive("1 + 1", timeout=30, output_hook=lambda message: None)
    told = {"mode": oct(stat.S_IMODE(os.stat(file).st_mode)), "ran": os.path.exists(mark), "ip": manager.ip}
    client.execute_interactive(f"Deno.writeTextFileSync({json.dumps(mark)}, 'ran')", timeout=30, output_hook=lambda message: None)
    told["ran with the key"] = os.path.exists(mark)
    for one in (client, stranger):
        one.stop_channels()
    manager.shutdown_kernel(now=True)
    return told


print(json.dumps({"ipc": over_ipc(), **with_wrong_key()}))
