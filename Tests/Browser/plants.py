"""Bugs that are planted into a page, each with the check that must find it. A check that finds nothing proves nothing."""
from dataclasses import dataclass, field

import checks

#: Planted styles and scripts need a policy that lets them through; the check of the policy has plants of its own.
_LOOSE = {"content-security-policy": None}
_OWN = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


@dataclass
class Plant:
    name: str
    check: object
    text: str
    #: A word of the finding.
    word: str
    fields: dict = field(default_factory=lambda: dict(_LOOSE))


ALL = [
    Plant("text too faint by day", checks.light, '<p style="color:#aaa;background:#fff">faint-plant</p>', "faint-plant"),
    Plant("text too faint by night", checks.dark,
          "<style>@media (prefers-color-scheme: dark) { .night-plant { color: #444; background: #222 } }</style>"
          '<p class="night-plant">words</p>', "night-plant"),
    Plant("a field that nothing names", checks.light, '<input class="nameless-plant" name="x">', "nameless-plant"),
    Plant("a picture without words", checks.light, '<img class="mute-plant" src="/icon.svg">', "mute-plant"),
    Plant("text too faint on a phone", checks.narrow,
          "<style>@media (max-width: 400px) { .phone-plant { color: #aaa; background: #fff } }</style>"
          '<p class="phone-plant">words</p>', "phone-plant"),
    Plant("a box wider than a phone", checks.width, '<div id="wide-plant" style="width:900px">wide</div>', "wide-plant"),
    Plant("a box that scrolls sideways", checks.width,
          '<div id="roll-plant" style="overflow-x:auto"><div style="width:900px">wide</div></div>', "roll-plant"),
    Plant("a box wider than the paper", checks.paper,
          "<style>@media print { #paper-plant { width: 1200px } }</style><div id='paper-plant'>wide</div>", "paper-plant"),
    Plant("a table that paper loses", checks.paper,
          "<style>@media print { #lost-plant { display: none } }</style><table id='lost-plant'><tr><td>x</td></tr></table>", "lost-plant"),
    Plant("a message on the console", checks.console, "<script>console.warn('console-plant')</script>", "console-plant"),
    Plant("a style that the policy forbids", checks.console, '<p style="margin:0">x</p>', "Content Security Policy", {}),
    Plant("a file that is not there", checks.console, '<img src="/nothing-plant.png" alt="x">', "nothing-plant"),
    Plant("a picture from elsewhere", checks.origin, '<img src="http://127.0.0.2:9/far-plant.png" alt="x">', "far-plant"),
    Plant("no policy", checks.policy, "", "no Content-Security-Policy"),
    Plant("a policy that lets scripts of the page through", checks.policy, "", "unsafe-inline",
          {"content-security-policy": _OWN + "; script-src 'self' 'unsafe-inline'"}),
    Plant("a policy without a rule for forms", checks.policy, "", "form-action",
          {"content-security-policy": _OWN.replace("form-action 'self'; ", "")}),
    Plant("a link that Tab passes over", checks.keyboard, '<a href="/lost-plant" tabindex="-1">lost-plant</a>', "does not reach it"),
    Plant("a focus that cannot be seen", checks.keyboard,
          "<style>.dull-plant:focus { outline: none !important }</style><a class='dull-plant' href='/?dull'>dull</a>", "cannot be seen"),
    Plant("a control out of sight", checks.keyboard,
          '<a id="gone-plant" href="/?gone" style="position:fixed;left:-900px">gone</a>', "out of sight"),
    Plant("words that only a script says", checks.reading,
          "<p id='late'></p><script>document.getElementById('late').textContent = 'late-plant'</script>", "late-plant"),
    Plant("a form without a button", checks.forms, '<form id="mute-form"><label>x <input name="x"></label></form>', "mute-form"),
    Plant("a form without the token", checks.forms,
          '<form id="open-form" method="post" action="/x"><button>Go</button></form>', "open-form"),
    Plant("a form that is sent elsewhere", checks.forms,
          '<form id="far-form" action="http://127.0.0.2/"><button>Go</button></form>', "far-form"),
]

#: What the Nu HTML checker must find in a page's text.
MARKUP = [
    ("an id that is there twice", '<p id="main">twice</p>', "Duplicate ID"),
    ("an element that is not closed", "<section><h2>x</h2><p>open", "Unclosed"),
    ("a field in a table's row", "<table><tr><p>x</p></tr></table>", "seen in"),
]
