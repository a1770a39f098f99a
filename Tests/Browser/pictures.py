"""Pictures of a page by day, by night, on a phone and on paper. Nothing judges them but people."""
from chrome import NARROW, PAPER, WIDE

KINDS = {"light": ("light", WIDE, "screen"), "dark": ("dark", WIDE, "screen"),
         "phone": ("light", NARROW, "screen"), "print": ("light", PAPER, "print")}


def take(chrome, folder, name):
    for kind, (scheme, size, media) in KINDS.items():
        chrome.look(scheme, size, media)
        chrome.picture(folder / kind / f"{name}.png")
