"""Pages as a browser without scripts reads them: forms with what they would send, links, and the text."""
import html.parser


class Form:
    def __init__(self, attributes):
        self.id = attributes.get("id")
        self.method, self.action = attributes.get("method", "get"), attributes.get("action", "")
        self.fields, self.choices, self.buttons = {}, {}, []


class Page(html.parser.HTMLParser):
    """`forms` in their order; fields hold what is filled in, `choices` the values that a list offers by their titles."""

    VOID = {"input", "br", "meta", "link", "hr", "img", "rect", "path", "line"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.forms, self.links, self.words = [], [], []
        self._form = self._select = self._area = self._option = None
        self.feed(text)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        attributes = {name: value if value is not None else "" for name, value in attributes}
        if tag == "form":
            self._form = Form(attributes)
            self.forms.append(self._form)
        elif tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif self._form is not None:
            self._field(tag, attributes)

    def _field(self, tag, attributes):
        name, kind = attributes.get("name"), attributes.get("type", "text")
        if tag == "input" and name:
            if kind != "checkbox":
                self._form.fields[name] = attributes.get("value", "")
            elif "checked" in attributes:
                self._form.fields[name] = attributes.get("value", "on")
            else:
                self._form.choices.setdefault(name, {})["on"] = attributes.get("value", "on")
        elif tag == "select":
            self._select = name
            self._form.fields[name], self._form.choices[name] = "", {}
        elif tag == "option":
            self._option = attributes.get("value", "")
            if "selected" in attributes:
                self._form.fields[self._select] = self._option
        elif tag == "textarea":
            self._area = name
            self._form.fields[name] = ""
        elif tag == "button" and name:
            self._form.buttons.append((name, attributes.get("value", "")))

    def handle_data(self, data):
        if self._area:
            self._form.fields[self._area] += data
        elif self._option is not None and self._select:
            self._form.choices[self._select][data.strip()] = self._option
        else:
            self.words.append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "option":
            self._option = None
        elif tag == "textarea":
            self._area = None

    def form(self, wanted):
        """By id, or by how its action ends."""
        for form in self.forms:
            if form.id == wanted or form.action.endswith(wanted):
                return form
        raise AssertionError(f"no form {wanted} among {[(one.id, one.action) for one in self.forms]}")
