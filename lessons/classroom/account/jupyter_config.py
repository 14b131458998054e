"""Read by every learner's server: its kernels listen on ports of the account's own.

Jupyter asks the system for free ports, gives them back, and the kernel takes them a moment later. When a class begins all at once, two
kernels may be given the same, and one of them dies. Of 50 ports among 14,000 two are the same once in a dozen times.
"""

import os
import socket

from jupyter_client.connect import LocalPortCache

# Below those that the system gives out by itself, which on Linux begin at 32,768.
FIRST, EACH, ACCOUNTS = 10_000, 50, 450
NUMBER = os.environ.get("CLASSROOM_ACCOUNT")  # the hub counts its accounts

anywhere = LocalPortCache.find_available_port


def in_the_accounts_own(self, ip):
    """The next free port of the account; where there is none, any."""
    begin = FIRST + EACH * (int(NUMBER) % ACCOUNTS)
    for port in range(begin, begin + EACH):
        if port in self.currently_used_ports:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ip, port))
            except OSError:
                continue
        self.currently_used_ports.add(port)
        return port
    return anywhere(self, ip)


if NUMBER is not None:
    LocalPortCache.find_available_port = in_the_accounts_own
