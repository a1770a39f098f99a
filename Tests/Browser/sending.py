"""Forms are filled in and sent as a person does it, with scripts switched off."""
from dataclasses import dataclass

from kinds import kind

#: They end what comes after them.
_LAST = ("/workspaces/new", "/workspace", "/sign-out")


@dataclass(frozen=True)
class Form:
    """One kind of form, where it was first seen."""

    page: str
    method: str
    action: str

    @property
    def name(self):
        return f"{self.method} {kind(self.action)}"


def of(chrome, url):
    """The forms of the open page."""
    return [Form(url, method, action) for method, action in _shown(chrome)]


def _shown(chrome):
    return chrome.run("return [...document.forms].map(one => [one.method, one.action])")


def in_order(forms):
    """One of each kind; those that end a session come last. Signing in is proved where it is done."""
    first = {}
    for form in forms:
        if "/sign-in/" not in form.action:
            first.setdefault(form.name, form)
    return sorted(first.values(), key=lambda form: next((place for place, one in enumerate(_LAST, 1) if form.action.endswith(one)), 0))


def send(chrome, form):
    """Findings: why it could not be sent, or what came back instead of a page."""
    chrome.look()
    chrome.scripts(False)
    try:
        chrome.visit(form.page)
        # Forms before this one may have gone since: the first of its kind will do.
        names = [Form(form.page, *one).name for one in _shown(chrome)]
        if form.name not in names:
            return ["the form is not there any more"]
        error = chrome.run("fill.js", names.index(form.name))
        if error:
            return [error]
        visit = chrome.click(".sent-by-check")
        is_page = visit.status == 200 and chrome.run("return document.querySelector('main h1') !== null")
        return [] if is_page else [f"the answer to the form is {visit.status} at {visit.url}"]
    finally:
        chrome.scripts(True)
