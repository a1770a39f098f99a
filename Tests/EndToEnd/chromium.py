"""A real browser that is driven by keys: Chromium over its pipe, with nothing but Python."""
import json
import os
import subprocess
import time

NAMED = {"Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, "")}


class Chromium:
    """One page. `keys` counts the strokes so far; a chord such as `Control+Enter` is one for each key of it."""

    def __init__(self, profile, url):
        self.url, self.keys, self._last = url, 0, 0
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        line = ["bash", "-c", f'exec chromium "$@" 3<&{theirs_in} 4>&{theirs_out}', "chromium", "--headless", "--no-sandbox",
                "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}", "--window-size=1440,900", "about:blank"]
        self.process = subprocess.Popen(
            line, pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in = os.fdopen(ours_out, "wb", 0), os.fdopen(ours_in, "rb", 0)
        self._rest, self._events = b"", []
        target = self._call("Target.createTarget", {"url": "about:blank"}, None)["targetId"]
        self.session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True}, None)["sessionId"]
        self._call("Page.enable", {})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        self._out.close()
        self._in.close()

    def _message(self):
        while b"\0" not in self._rest:
            part = self._in.read(65536)
            assert part, "the browser ended"
            self._rest += part
        one, _, self._rest = self._rest.partition(b"\0")
        return json.loads(one)

    def _call(self, method, parameters, session=""):
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = self.session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == message["id"]:
                assert "error" not in answer, answer
                return answer["result"]
            self._events.append(answer.get("method"))

    def _loaded(self):
        while "Page.loadEventFired" not in self._events:
            self._events.append(self._message().get("method"))
        time.sleep(0.1)  # What has the focus of a new page gets it with its first frame.

    def open(self, address):
        self._events.clear()
        self._call("Page.navigate", {"url": address if "://" in address else self.url + address})
        self._loaded()

    def ask(self, expression):
        result = self._call("Runtime.evaluate", {"expression": expression, "returnByValue": True})
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def submit(self, selector):
        self._events.clear()
        self.ask(f"document.querySelector({json.dumps(selector)}).requestSubmit()")
        self._loaded()

    def click_found(self, waits=False):
        """What `window.found` is; `waits` for the page that it leads to."""
        place = self.ask("(() => { const box = window.found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()")
        self._events.clear()
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", {"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1})
        if waits:
            self._loaded()

    def bring_found(self, path):
        """A file into the field that `window.found` is."""
        found = self._call("Runtime.evaluate", {"expression": "window.found"})["result"]["objectId"]
        self._call("DOM.setFileInputFiles", {"files": [path], "objectId": found})

    def press(self, *names, waits=False):
        """Keys one after the other; `waits` for the page that the last one leads to."""
        self._events.clear()
        for name in names:
            self._press(name)
        if waits:
            self._loaded()

    def _press(self, name):
        *held, key = name.split("+") if len(name) > 1 else [name]
        self.keys += len(held) + 1
        code, text = NAMED.get(key, (ord(key.upper()) if key.isalnum() and len(key) == 1 else 0, key))
        event = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 2 if "Control" in held else 0}
        if text and not held:
            event["text"] = text
        self._call("Input.dispatchKeyEvent", {"type": "keyDown" if text and not held else "rawKeyDown", **event})
        self._call("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    def type(self, text):
        for character in text:
            self._press(character)
        time.sleep(0.05)
