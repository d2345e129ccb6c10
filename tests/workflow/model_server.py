"""A server process that speaks the OpenAI protocol, with a scripted model: `python model_server.py SCRIPT PORT_FILE LOG`.

SCRIPT: a JSON list of answers, given one after the other: {"content": text}, {"status": number, "body": text} or {"location": address}.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

script, port_file, log = (Path(argument) for argument in sys.argv[1:4])
answers = iter(json.loads(script.read_text(encoding="utf-8")))


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = {"path": self.path, "key": self.headers.get("Authorization", ""), "body": json.loads(body)}
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")
        answer = next(answers, {"status": 500, "body": "the script has ended"})
        text = answer.get("body", "")
        if "content" in answer:
            message = {"role": "assistant", "content": answer["content"]}
            text = json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})
        self.send_response(302 if "location" in answer else answer.get("status", 200))
        if "location" in answer:
            self.send_header("Location", answer["location"])
        data = text.encode()
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None: ...


with HTTPServer(("127.0.0.1", 0), Handler) as server:
    port_file.write_text(str(server.server_port), encoding="utf-8")
    server.serve_forever()
