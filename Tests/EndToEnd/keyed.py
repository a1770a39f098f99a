"""Work with keys alone, in a browser that a class drives: `press`, `type` and `ask` are that one's; and what it is done on."""


def startable(client):
    """A play that nothing but a running one forbids at most accounts, and sixteen accounts at which it does not run."""
    accounts = client.all("/accounts", sort="name")
    for play in sorted({one["play"] for one in client.all("/plays")}):
        draft = client.command("POST", "/bulk", {
            "action": {"kind": "start", "play": play}, "accounts": [one["id"] for one in accounts]}).json
        if len(draft["accounts"]) >= 16:
            free = {one["id"] for one in draft["accounts"]}
            return play, [one for one in accounts if one["id"] in free]
    raise AssertionError("no play can be started anywhere")


def running(client, play):
    return {one["account"]["id"] for one in client.all("/plays") if one["play"] == play}


def tick_places(browser, accounts):
    """Which rows of the open list they are."""
    rows = browser.ask("[...document.querySelectorAll('[data-row]')].map((row) => row.pathname.split('/').pop())")
    return [rows.index(one["id"]) for one in accounts]


def note(browser, account):
    browser.press("/")
    browser.type(account["name"])
    browser.press("Enter", waits=True)
    browser.press("Enter", waits=True)
    browser.press("n")
    browser.type("Call on Friday")
    browser.press("Control+Enter", waits=True)


def hand_over(browser):
    browser.press("h")
    browser.type("Demo")  # The role is the owner's already.
    browser.press("Control+Enter", waits=True)


def start(browser, places, title):
    at = -1
    for place in places:
        browser.press(*["j"] * (place - at), "x")
        at = place
    browser.press("b")
    browser.type(title)
    browser.press("Control+Enter", waits=True)
    browser.press("Enter", waits=True)
