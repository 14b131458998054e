"""Presses the stop button while a cell trains: runs three cells, interrupts the second once it shows something.

Usage: interrupt.py FOLDER CELL CELL CELL; prints the outputs of the cells as JSON, with the seconds from the button to the end.
"""

import json
import sys
import time

from jupyter_client.manager import start_new_kernel

folder, *cells = sys.argv[1:]
manager, client = start_new_kernel(kernel_name="deno", cwd=folder)
told = []
for number, code in enumerate(cells):
    message = client.execute(code)
    outputs, pressed, stopped = [], None, None
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            heard = client.get_iopub_msg(timeout=1)
        except Exception:
            continue
        if heard["parent_header"].get("msg_id") != message:
            continue
        kind, content = heard["msg_type"], heard["content"]
        if kind == "status" and content["execution_state"] == "idle":
            stopped = time.monotonic()
            break
        if kind in ("stream", "display_data", "execute_result", "error"):
            outputs.append(content.get("text") or content.get("evalue") or content["data"].get("text/plain"))
        if number == 1 and pressed is None and kind in ("display_data", "update_display_data"):
            pressed = time.monotonic()
            manager.interrupt_kernel()
    told.append({"outputs": outputs, "ended": stopped is not None, "seconds": stopped - pressed if pressed and stopped else 0})
print(json.dumps(told))
client.stop_channels()
manager.shutdown_kernel(now=True)
