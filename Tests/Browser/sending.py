"""Forms are filled in and sent as a person does it, with scripts switched off."""
from dataclasses import dataclass

import checks
from kinds import kind

#: They end what comes after them.
_LAST = ("/workspaces/new", "/workspace", "/sign-out")
#: Of a form that came back with what was wrong, and of a command that the engine refused.
REFUSED = (422, 409)
CHOICES_MAX = 20


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


def in_order(forms, besides):
    """One of each kind, besides names of such; those that end a session come last. Signing in and the
    steps of an import, each of which ends the one before, are proved where they are done."""
    first = {}
    for form in forms:
        if not any(part in form.action for part in ("/sign-in/", "/data/imports/")) and form.name not in besides:
            first.setdefault(form.name, form)
    return sorted(first.values(), key=lambda form: next((place for place, one in enumerate(_LAST, 1) if form.action.endswith(one)), 0))


def send(chrome, form, origin):
    """Why it could not be sent, or what is wrong with the page that came back; and the forms of that page."""
    for choice in range(CHOICES_MAX):
        visit, error, choices = _sent(chrome, form, choice)
        # A play may be refused for reasons that the page tells; another one may be started.
        if error or visit.status not in REFUSED or choice + 1 >= choices:
            break
    if error:
        return [error], []
    is_page = visit.status == 200 and chrome.run("return document.querySelector('main h1') !== null")
    if not is_page:
        return [f"the answer to the form is {visit.status} at {visit.url}: {_alert(chrome)}"], []
    # A page that answers without a redirect is not there for another visit.
    following = [] if visit.url == form.action else of(chrome, visit.url)
    return [f"on the page that answers: {one}" for one in checks.answered(checks.Page(chrome, visit, origin))], following


def _sent(chrome, form, choice):
    """The visit that the form leads to, why there is none, and how many choices there are."""
    chrome.look()
    chrome.scripts(False)
    try:
        chrome.visit(form.page)
        # Forms before this one may have gone since: the first of its kind will do.
        names = [Form(form.page, *one).name for one in _shown(chrome)]
        if form.name not in names:
            return None, "the form is not there any more", 0
        filled = chrome.run("fill.js", names.index(form.name), choice)
        visit = None if filled["error"] else chrome.click(".sent-by-check")
        return visit, filled["error"], filled["choices"]
    finally:
        chrome.scripts(True)


def _alert(chrome):
    return chrome.run("return [...document.querySelectorAll('.mistake, [role=alert]')].map(one => one.innerText).join(' ').slice(0, 200)")
