"""Pages as a person sees them: labels, headings, the words on buttons and links. A label that is missing fails, and says
which. Knows nothing of the pages."""
import json
import time

#: What is visible and has this text. `field` follows a label to its field, inside the part of the page under a heading.
LOOK = """
(() => {
  const words = (one) => (one.innerText || one.textContent || "").replace(/\\s+/g, " ").trim();
  const seen = (one) => one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true });
  const within = (heading) => {
    if (!heading) return document;
    const found = [...document.querySelectorAll("h1, h2, h3, legend")].find((one) => seen(one) && words(one).startsWith(heading));
    return found && (found.closest("section, fieldset") || document);
  };
  window.look = (tags, text, heading) => {
    const part = within(heading);
    if (!part) return undefined;
    const all = [...part.querySelectorAll(tags)].filter(seen);
    return all.find((one) => words(one) === text) || all.find((one) => words(one).startsWith(text));
  };
  window.field = (text, heading) => { const label = look("label", text, heading); return label && label.control; };
})()
"""


class Screen:
    """A person who reads labels, clicks and types, in a browser that a class beside it drives: `ask`, `type`, `click_found`
    and `bring_found` are that one's."""

    def _find(self, kind, expression, text):
        self.ask(LOOK)
        found = self.ask(f"(() => {{ const one = {expression}; window.found = one; if (one) one.scrollIntoView({{block: 'center'}}); return Boolean(one); }})()")
        assert found, f"there is no {kind} “{text}” on the page “{self.heading()}”: {self.text()[:600]}"

    def heading(self):
        return self.ask("document.querySelector('h1').innerText")

    def text(self):
        return self.ask("document.querySelector('main').innerText")

    def must_say(self, text):
        assert text in self.text(), f"the page “{self.heading()}” does not say “{text}”: {self.text()[:900]}"

    def click(self, text, heading=""):
        """A link or button, which leads to another page."""
        self._find("link or button", f"look('a, button', {json.dumps(text)}, {json.dumps(heading)})", text)
        self.click_found(waits=True)

    def unfold(self, text, heading=""):
        """A part that is folded up."""
        self._find("part", f"look('summary', {json.dumps(text)}, {json.dumps(heading)})", text)
        self.click_found()

    def choose(self, text, heading=""):
        """A choice among several, by its label."""
        self._find("choice", f"field({json.dumps(text)}, {json.dumps(heading)})", text)
        self.click_found()
        assert self.ask("window.found.checked"), f"“{text}” was clicked and is not chosen"

    def fill(self, label, text, heading=""):
        self._find("field", f"field({json.dumps(label)}, {json.dumps(heading)})", label)
        self.ask("window.found.focus()")
        self.type(text)
        assert self.ask("window.found.value") == text, f"the field “{label}” did not take what was typed"

    def select(self, label, option, heading=""):
        """One of a list: typed, as people who know its first letters do."""
        self._find("field", f"field({json.dumps(label)}, {json.dumps(heading)})", label)
        options = self.ask("[...window.found.options].map((one) => one.text)")
        assert option in options, f"the list “{label}” does not offer “{option}”: {options}"
        self.ask("window.found.focus()")
        self.type(option)
        assert self.shown(label, heading) == option

    def shown(self, label, heading=""):
        """What a list has chosen."""
        self._find("field", f"field({json.dumps(label)}, {json.dumps(heading)})", label)
        return self.ask("window.found.selectedOptions[0].text")

    def bring(self, label, path):
        """A file into a field."""
        self._find("field", f"field({json.dumps(label)}, '')", label)
        self.bring_found(path)

    def wait_for(self, heading, seconds):
        """The page looks again by itself."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if self.heading() == heading:
                    return
            except (AssertionError, KeyError):
                pass  # Between two pages.
            assert time.monotonic() < deadline, f"not “{heading}” within {seconds} s: {self.heading()}, {self.text()[:500]}"
            time.sleep(0.2)
