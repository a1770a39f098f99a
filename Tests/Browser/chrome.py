"""A headless Chromium, driven over WebDriver and the DevTools protocol. Knows nothing of Tenure."""
import base64
import json
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

import tools

HERE = Path(__file__).parent
WIDE, NARROW, PAPER = (1280, 900), (390, 844), (794, 1123)
LOAD_SECONDS_MAX = 60
ENTRIES_SECONDS_MAX = 5


class Visit:
    """What a page did while it was loaded."""

    def __init__(self, url, status, headers, requests, console):
        self.url, self.status, self.headers = url, status, headers
        self.requests, self.console = requests, console


class Chrome:
    def __init__(self):
        options = Options()
        options.binary_location = tools.chromium()
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--hide-scrollbars"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(tools.chromedriver()))
        self.driver.set_page_load_timeout(LOAD_SECONDS_MAX)
        self.driver.set_script_timeout(LOAD_SECONDS_MAX)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def tell(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def run(self, script, *arguments):
        """A script of this folder by its file, or a text; policies of the page do not hold for it."""
        text = (HERE / script).read_text(encoding="utf-8") if script.endswith(".js") else script
        return self.driver.execute_script(text, *arguments)

    def wait_for(self, script, *arguments):
        """A script that calls its last argument when it is done."""
        return self.driver.execute_async_script(script, *arguments)

    def visit(self, url):
        self._drain()
        self.driver.get(url)
        return self._seen()

    def click(self, selector):
        """Presses a button as a person does; the visit that it begins."""
        return self._click(By.CSS_SELECTOR, selector)

    def click_button(self, words):
        """The button of the contents that says it."""
        return self._click(By.XPATH, f"//main//button[normalize-space()='{words}']")

    def _click(self, way, place):
        self._drain()
        self.driver.find_element(way, place).click()
        return self._seen()

    def bring(self, field, path):
        """A file into a field by its id."""
        self.driver.find_element(By.ID, field).send_keys(str(path))

    def cookies(self):
        return "; ".join(f"{one['name']}={one['value']}" for one in self.driver.get_cookies())

    def look(self, scheme="light", size=WIDE, media="screen"):
        """Colours, size and medium from now on; a loaded page follows at once."""
        features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.tell("Emulation.setEmulatedMedia", media=media, features=features)
        self.tell("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1,
                  mobile=size is NARROW)

    def scripts(self, are_allowed):
        """Whether pages may run scripts; what is run from outside always may."""
        self.tell("Emulation.setScriptExecutionDisabled", value=not are_allowed)

    def policies(self, hold):
        """Whether policies of pages that are loaded from now on hold."""
        self.tell("Page.setBypassCSP", enabled=not hold)

    def picture(self, path):
        """The whole page, also what is below the window."""
        answer = self.tell("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(answer["data"]))

    def press(self, key, code, times):
        for _ in range(times):
            for kind in ("rawKeyDown", "keyUp"):
                self.tell("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def _drain(self):
        self.driver.get_log("browser")
        self.driver.get_log("performance")

    def _seen(self):
        """The visit that has begun. Its entries may come a little behind the page."""
        events, deadline = [], time.monotonic() + ENTRIES_SECONDS_MAX
        while True:
            events += [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
            documents = [one["params"]["response"] for one in events if _is_document(one)]
            if documents or time.monotonic() > deadline:
                break
            time.sleep(0.05)
        last = documents[-1] if documents else {"status": None, "headers": {}}
        requests = [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]
        headers = {name.lower(): value for name, value in last["headers"].items()}
        return Visit(self.driver.current_url, last["status"], headers, requests, self.driver.get_log("browser"))


def _is_document(event):
    return event["method"] == "Network.responseReceived" and event["params"]["type"] == "Document"
