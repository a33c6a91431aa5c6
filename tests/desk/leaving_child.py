"""Run as a process of its own: leaves messages over HTTP and prints the receipt of each that was acknowledged.

Argument: the data directory.
"""

import sys
from pathlib import Path

from assistant.services import open_services
from assistant.site import create_app

services = open_services(Path(sys.argv[1]))
client = create_app(services).test_client()
number = 0
while True:
    number += 1
    body = {"kind": "ask", "text": f"第{number}条留言", "contact": "0309-5557788", "consent": True}
    # Each from an address of its own: this is not about the rate.
    address = {"REMOTE_ADDR": f"10.0.{number // 250}.{number % 250}"}
    reply = client.post("/api/v1/messages", json=body, environ_base=address)
    print(number, reply.get_json()["receipt"], flush=True)
