"""A webhook receiver that keeps what it gets and answers what the path asks for.

Prints its port; ends when its input does.
"""
import argparse
import http.server
import json
import os
import socket
import ssl
import sys
import threading
import time

options = argparse.ArgumentParser()
options.add_argument("folder")
options.add_argument("--certificate", help="PEM with certificate and key: https")
options = options.parse_args()
lock = threading.Lock()
taken = 0


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.keep(body)
        name, _, argument = self.path.strip("/").split("/")[0].partition("-")
        getattr(self, "on_" + name)(argument)

    do_GET = do_POST

    def keep(self, body):
        global taken
        with lock:
            taken += 1
            number = taken
        facts = {"method": self.command, "path": self.path, "body": body.decode()}
        facts["headers"] = dict(self.headers)
        with open(os.path.join(options.folder, "%03d.json" % number), "w") as file:
            json.dump(facts, file)

    def answer(self, status, body=b"ok", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def on_take(self, argument):
        self.answer(200)

    def on_status(self, argument):
        self.answer(int(argument), b"channel_not_found" if argument == "404" else b"no")

    def on_echo(self, argument):
        """A rude peer that repeats the secret address in its answer."""
        self.answer(int(argument), argument.encode() if argument == "400" else self.path.encode())

    def on_word(self, argument):
        self.answer(403, argument.encode())

    def on_busy(self, argument):
        self.answer(429, b"slow", Retry_After=argument)

    def on_redirect(self, argument):
        self.answer(302, b"", Location="/take")

    def on_teams(self, argument):
        self.answer(200, b"Webhook message delivery failed with error: endpoint returned HTTP error 429")

    def on_huge(self, argument):
        self.answer(200, b"x" * 20_000_000)

    def on_headers(self, argument):
        self.answer(200, b"ok", **{"X_%d" % number: "y" * 1000 for number in range(50)})

    def on_stall(self, argument):
        time.sleep(float(argument))
        self.answer(200)

    def on_drip(self, argument):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(20):
            time.sleep(0.2)
            try:
                self.wfile.write(b".")
            except OSError:
                return

    def on_drop(self, argument):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
os._exit(0)
