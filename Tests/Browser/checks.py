"""What must be true of each page. A check takes a page that is open and gives its findings: none means that it passed."""
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import tools
from chrome import NARROW, PAPER, WIDE

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RULES = WCAG + ["best-practice"]
FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:")


@dataclass
class Page:
    """A page that is open in the browser."""

    chrome: object
    visit: object
    origin: str
    #: What the server should have answered; other pages than problems answer 200.
    status: int = 200


def answer(page):
    return [] if page.visit.status == page.status else [f"the server answered {page.visit.status}, not {page.status}"]


def policy(page):
    """A strict Content-Security-Policy: own origin or nothing, in every directive."""
    text = page.visit.headers.get("content-security-policy")
    if not text:
        return ["there is no Content-Security-Policy"]
    directives = dict((part.split(None, 1) + [""])[:2] for part in text.split(";") if part.strip())
    loose = [f"{name} {value}" for name, value in directives.items() if set(value.split()) & set(FORBIDDEN)]
    needed = {"default-src", "base-uri", "form-action", "frame-ancestors", "object-src"} - set(directives)
    return [f"the policy allows too much: {one}" for one in loose] + [f"the policy lacks {one}" for one in sorted(needed)]


def console(page):
    """Silence. That the document itself has the status of a problem is said by the browser, not by the page."""
    own = re.compile(re.escape(page.visit.url) + r" - Failed to load resource: the server responded with a status of 4\d\d")
    lines = [entry["message"] for entry in page.visit.console]
    return [f"the console says: {line[:300]}" for line in lines if page.status == 200 or not own.match(line)]


def origin(page):
    """No request leaves. What stands in the page itself, as pictures of the browser's own fields do, is no request."""
    others = {url for url in page.visit.requests
              if not url.startswith("data:") and "{0.scheme}://{0.netloc}".format(urlsplit(url)) != page.origin}
    return [f"it asks another origin: {url[:200]}" for url in sorted(others)]


def axe(page, rules=None, tags=RULES):
    """WCAG 2.1 A and AA, and what is good practice; rules by their names when given."""
    with open(tools.axe(), encoding="utf-8") as file:
        page.chrome.run(file.read() + "\n;window.axe = axe;")
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
    result = page.chrome.wait_for(
        "const [only, done] = arguments; axe.run(document, {runOnly: only, resultTypes: ['violations']})"
        ".then(done, error => done({error: String(error)}))", only)
    if "error" in result:
        return [f"axe could not run: {result['error']}"]
    return [f"{one['id']}: {node['html'][:200]} {' '.join(node['failureSummary'].split())[:300]}"
            for one in result["violations"] for node in one["nodes"][:5]]


def light(page):
    page.chrome.look("light", WIDE)
    return axe(page)


def dark(page):
    page.chrome.look("dark", WIDE)
    return axe(page, ["color-contrast"])


def narrow(page):
    page.chrome.look("light", NARROW)
    return axe(page)


def width(page):
    page.chrome.look("light", NARROW)
    return _too_wide(page, NARROW)


def paper(page):
    """Nothing is wider than a sheet, and what the screen shows in tables and under headings is printed as well."""
    page.chrome.run("window.onScreen = [...document.querySelectorAll('main table, main h2')].filter((one) => one.checkVisibility())")
    page.chrome.look("light", PAPER, "print")
    wide = _too_wide(page, PAPER)
    lost = page.chrome.run("return onScreen.filter((one) => !one.checkVisibility()).map(describeElement)")
    return wide + [f"it is not printed: {one}" for one in lost]


def _too_wide(page, size):
    page.chrome.run("describe.js")
    return page.chrome.run("width.js", size[0])


def keyboard(page):
    """Each link, button and field is reached with Tab, and shows that it is."""
    page.chrome.look("light", WIDE)
    page.chrome.run("describe.js")
    page.chrome.press("Tab", 9, page.chrome.run("keyboard_watch.js"))
    return page.chrome.run("keyboard_report.js")


def forms(page):
    page.chrome.run("describe.js")
    return page.chrome.run("forms.js")


def reading(page):
    """Without scripts the page says all that it says with them."""
    page.chrome.look("light", WIDE)
    page.chrome.visit(page.visit.url)
    told = _words(page)
    page.chrome.scripts(False)
    page.chrome.visit(page.visit.url)
    bare = set(_words(page))
    page.chrome.scripts(True)
    return [f"without scripts it does not say: {line[:200]}" for line in told if line not in bare]


def mail(page):
    """A mail is no page of the site: its landmarks and headings are its own. Its policy lets no script run, axe neither,
    so that axe is asked where no policy holds."""
    page.chrome.policies(False)
    page.chrome.visit(page.visit.url)
    found = axe(page, tags=WCAG)
    page.chrome.policies(True)
    return found


def answered(page):
    """What a form leads to, which no link does."""
    return light(page) + width(page)


def _words(page):
    text = page.chrome.run("return document.querySelector('main').innerText")
    return [line.strip() for line in text.splitlines() if line.strip()]


#: In this order: the last but one unfolds what was folded, the last loads the page anew.
OF_A_PAGE = [answer, policy, console, origin, forms, light, dark, narrow, width, paper, keyboard, reading]
OF_A_MAIL = [answer, policy, console, origin, width, paper, mail]


def of(page):
    """A mail is shown as it was sent, and may do nothing."""
    return OF_A_MAIL if is_mail(page.visit) else OF_A_PAGE


def is_mail(visit):
    return "sandbox" in visit.headers.get("content-security-policy", "").split("; ")
