"""A person at Chrome, who reads what is shown, types and clicks. Counts strokes, clicks, pages, and the time that pages take."""
import time
from contextlib import contextmanager

from screen import Screen
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

LOAD_SECONDS_MAX = 60
NAMED = {"Enter": Keys.ENTER, "Tab": Keys.TAB, "Escape": Keys.ESCAPE, "Control": Keys.CONTROL}
#: True on a page that was open before, which has this mark.
LEFT = "document.documentElement.dataset.left"


class Hands(Screen):
    def __init__(self, chrome, url):
        self.chrome, self.url = chrome, url
        self.keys = self.clicks = self.pages = 0
        self.waited = 0.0

    def open(self, address):
        with self._page():
            self.chrome.driver.get(address if "://" in address else self.url + address)

    def ask(self, expression):
        try:
            return self.chrome.run(f"return ({expression.strip()});")
        except WebDriverException as error:
            raise AssertionError(f"the page could not be asked: {error.msg}") from None

    def click_on(self, expression):
        """What an expression finds, where words tell it from nothing; it leads to another page."""
        self.ask(f"(window.found = {expression}).scrollIntoView({{block: 'center'}})")
        self.click_found(waits=True)

    def click_found(self, waits=False):
        found = self.ask("window.found")
        self.clicks += 1
        with self._page() if waits else _nothing():
            self._chain().move_to_element(found).click().perform()

    def bring_found(self, path):
        """The system's own window for choosing files cannot be driven: opening it and choosing are two clicks."""
        self.clicks += 2
        self.ask("window.found").send_keys(path)

    def press(self, *names, waits=False):
        """Keys one after the other; `waits` for the page that the last one leads to."""
        for name in names[:-1]:
            self._press(name)
        with self._page() if waits else _nothing():
            self._press(names[-1])

    def type(self, text):
        self.keys += len(text)
        self._chain().send_keys(text).perform()

    def wait_for(self, heading, seconds):
        started = time.monotonic()
        super().wait_for(heading, seconds)
        self.waited += time.monotonic() - started

    def _press(self, name):
        *held, key = name.split("+") if len(name) > 1 else [name]
        self.keys += len(held) + 1
        chain = self._chain()
        for one in held:
            chain.key_down(NAMED[one])
        chain.send_keys(NAMED.get(key, key))
        for one in held:
            chain.key_up(NAMED[one])
        chain.perform()

    def _chain(self):
        return ActionChains(self.chrome.driver, duration=0)

    @contextmanager
    def _page(self):
        """What is done in it leads to another page, which is waited for."""
        self.ask(f"{LEFT} = 'yes'")
        started = time.monotonic()
        yield
        while not self._is_loaded():
            assert time.monotonic() - started < LOAD_SECONDS_MAX, f"no other page came after {LOAD_SECONDS_MAX} s: {self.text()[:300]}"
            time.sleep(0.01)
        # What has the focus of a new page gets it with its first frame.
        self.chrome.wait_for("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))")
        self.pages += 1
        self.waited += time.monotonic() - started

    def _is_loaded(self):
        try:
            return self.ask(f"document.readyState === 'complete' && {LEFT} === undefined")
        except AssertionError:
            return False  # Between two pages.


@contextmanager
def _nothing():
    yield
