"""Pages by their kind: of ten thousand accounts a few are looked at, of kinds of pages every one."""
from urllib.parse import parse_qsl, urlsplit

#: A name stands behind a plural, or behind one of these.
_NAMED = {"field", "judgement", "revenue", "sign-in", "set-up", "outbox", "bulk"}
#: Words that stand where names do.
_WORDS = {"withheld", "keys", "teammates", "link", "removal", "revocation"}


def kind(url):
    """`/accounts/{}/days/{}?recompute` of an address."""
    parts, shown = urlsplit(url), []
    for segment in parts.path.strip("/").split("/"):
        is_name = bool(shown) and segment not in _WORDS and (shown[-1].endswith("s") or shown[-1] in _NAMED)
        shown.append("{}" if is_name else segment)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return "/" + "/".join(shown) + ("?" + "&".join(names) if names else "")


def file_name(url):
    """A name for files about the page."""
    parts = urlsplit(url)
    text = parts.path.strip("/") + ("?" + parts.query if parts.query else "")
    return "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in text)[:100] or "start"
