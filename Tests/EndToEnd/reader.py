"""Somebody who opens pages, fills in their forms and follows where they lead, without scripts."""
import http.client
import urllib.parse

from html_page import Page
from server import Browser, Reply


class Reader(Browser):
    """Opens pages, fills in their forms and follows where they lead."""

    def open(self, path):
        reply = self._request("GET", path)
        assert reply.status == 200, (path, reply)
        return Page(reply.text)

    def send(self, form, button=None, **fields):
        """The reply itself: a redirect, or the page with what was wrong."""
        unknown = [name for name in fields if name not in form.fields and name not in form.choices]
        assert not unknown, f"the form has no {unknown}"
        body = urllib.parse.urlencode(form.fields | fields | dict([button] if button else [])).encode()
        return self._request("POST", form.action, body)

    def follow(self, form, button=None, **fields):
        reply = self.send(form, button, **fields)
        assert reply.status == 303, reply
        return self.open(reply.headers["Location"].split("#")[0])

    def _request(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=60)
        headers = {"Cookie": self.cookie} if hasattr(self, "cookie") else {}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.headers, answer.read())
        connection.close()
        return reply
