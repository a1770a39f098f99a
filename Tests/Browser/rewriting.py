"""A server between the browser and Tenure that puts a bug into each page. What it plants, the checks must find."""
import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Rewriting:
    """Pages of the server at `host:port`, with a text before the end of their contents. What is kept by its path stays as
    it was."""

    def __init__(self, host, port):
        self.text, self.fields, self.kept = "", {}, {}
        rewriting = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                rewriting.pass_on(self, host, port)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def pass_on(self, handler, host, port):
        connection = http.client.HTTPConnection(host, port, timeout=60)
        asked = {name: value for name, value in handler.headers.items() if name.lower() not in ("host", "accept-encoding")}
        connection.request("GET", handler.path, headers=asked)
        answer = connection.getresponse()
        body = answer.read()
        body = self.kept.get(handler.path, body)
        if answer.headers.get_content_type() == "text/html":
            body = body.replace(b"</main>", self.text.encode() + b"</main>")
        fields = {name.lower(): value for name, value in answer.getheaders()}
        fields |= {"content-length": str(len(body))} | self.fields
        handler.send_response(answer.status)
        for name, value in fields.items():
            if value is not None and name != "connection":
                handler.send_header(name, value)
        connection.close()
        try:
            handler.end_headers()
            handler.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The browser went on to another page; its next request is answered as usual.
            handler.close_connection = True
