"""Read by every learner's server: its kernels listen on ports reserved for the account.

Jupyter asks the system for free ports, gives them back, and the kernel takes them a moment later. When a whole class starts at once, two
kernels may get the same port, and one of them dies. Pick 50 ports among 14,000, and about once in a dozen times two are the same.
"""

import os
import socket

from jupyter_client.connect import LocalPortCache

# Below the ports that the system hands out, which begin at 32,768 on Linux.
FIRST, EACH, ACCOUNTS = 10_000, 50, 450
NUMBER = os.environ.get("CLASSROOM_ACCOUNT")  # the hub counts its accounts

anywhere = LocalPortCache.find_available_port


def in_the_accounts_own(self, ip):
    """The account's next free port, or any port if none of them is free."""
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
