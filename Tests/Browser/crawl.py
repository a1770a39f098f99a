"""Every page that links lead to, a few of each kind."""
from urllib.parse import urldefrag, urljoin, urlsplit

from kinds import kind

PAGES_MAX = 200


class Frontier:
    """Which pages are still to be looked at. A page with a query is another view: one of them is enough."""

    def __init__(self, origin, starts, wanted="", examples_max=2):
        self.origin, self.wanted, self.examples_max = origin, wanted, examples_max
        self.waiting, self.known, self.kinds = [], set(), {}
        for path in starts:
            self.add(urljoin(origin, path))

    def add(self, address):
        url = urldefrag(address).url
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != self.origin or url in self.known:
            return
        self.known.add(url)
        count = self.kinds.get(kind(url), 0)
        if count < (1 if parts.query else self.examples_max) and len(self.waiting) < PAGES_MAX:
            self.kinds[kind(url)] = count + 1
            self.waiting.append(url)

    def next(self):
        """An address, and whether it is to be checked; None at the end."""
        if not self.waiting:
            return None
        url = self.waiting.pop(0)
        return url, self.wanted in urlsplit(url).path


def links(chrome):
    """Addresses of the open page's links, those of pictures among them; files to keep are no pages."""
    return chrome.run(
        "const kept = new Set([...document.querySelectorAll('a[download]')].map(one => one.href));"
        "return [...document.querySelectorAll('a[href]')].map(one => String(one.href.baseVal ?? one.href))"
        ".map(one => new URL(one, location.href).href).filter(one => !kept.has(one))")
