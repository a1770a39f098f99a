"""The tasks: what is prepared, what hands do, and what must be true afterwards."""
import own_files
from keyed import hand_over, note, running, start, startable, tick_places


def do_all(day):
    """In this order; only who owns the workspace brings files, and the CSM signs in last."""
    fall_by_clicks(day)
    fall_by_search(day)
    play, free = startable(day.client)
    names = [one["name"] for one in day.client.all("/accounts")]
    note_and_hand_over(day, [one for one in free if names.count(one["name"]) == 1][-1])
    many_accounts(day, play, free)
    false_alarm(day)
    own_accounts(day)
    triage(day)


def fall_by_clicks(day):
    hands = day.hands
    hands.open("/accounts")

    def body():
        hands.click("7 days")
        hands.click(hands.ask("document.querySelector('tbody a.down').innerText"), "Accounts")

    def judge(_):
        assert hands.clicks - clicks == 2, "it takes more than two clicks"
        return _explained(hands)

    clicks = hands.clicks
    day.measure("why did this score fall, by clicks", "In the list of accounts the column “7 days”, then the change of an account.", body, judge)


def fall_by_search(day):
    hands = day.hands
    accounts = day.client.all("/accounts")
    names = [one["name"] for one in accounts]
    fallen = min((one for one in accounts if names.count(one["name"]) == 1), key=lambda one: one["change_7d"] or 0)
    assert fallen["change_7d"] < 0, "no score fell"
    hands.open("/today")

    def body():
        hands.press("/")
        hands.type(fallen["name"])
        hands.press("Enter", waits=True)
        hands.press("Enter", waits=True)

    day.measure(
        "why did this score fall, by search", "`/`, the account's name, Enter for the results, Enter for the first of them.", body,
        lambda _: _explained(hands, isInView=False))


def _explained(hands, isInView=True):
    """What moved the score stands on the page, and its parts add up to the fall."""
    section = "document.querySelector('section[aria-labelledby=moved]')"
    if isInView:
        assert hands.ask(f"{section}.getBoundingClientRect().top") < 900, "what moved the score is out of sight"
    heading, rows = hands.ask(
        f"[{section}.querySelector('h2').innerText, [...{section}.querySelectorAll('tbody tr')]"
        ".map((row) => [row.cells[0].innerText, row.cells[2].innerText])]")
    then, now = (float(text) for text in hands.ask(f"[...{section}.querySelectorAll('h2 a')].map((one) => one.innerText)"))
    parts = {name: float(points.replace("−", "-").replace("+", "").replace("±", "")) for name, points in rows}
    total = parts.pop("Together")
    assert now < then and min(parts.values()) < 0, (heading, parts)
    # Each line is rounded to a thousandth, both scores to a point.
    assert abs(sum(parts.values()) - total) <= 0.001 * (len(parts) + 1) and abs(total - (now - then)) <= 1, (heading, parts, total)
    worst = min(parts, key=parts.get)
    return f"{heading}; most of it: {worst}, {parts[worst]:g} points"


def note_and_hand_over(day, account):
    hands = day.hands
    hands.open("/")

    def noted(_):
        assert account["id"] in hands.ask("location.pathname"), "the note is at another account"
        hands.open(f"/accounts/{account['id']}")
        hands.must_say("Call on Friday")

    day.measure(
        "a note on an account", "`/`, the name, Enter, Enter, `n`, the note (14 letters), Ctrl Enter.",
        lambda: note(hands, account), noted)

    def handed(_):
        hands.must_say("Handed over")
        fields = day.client.account(account["external_id"])["fields"]
        assert fields["csm"] != account["owner"], fields

    day.measure(
        "an account handed to a colleague", "On its page: `h`, the first letters of the name, Ctrl Enter.", lambda: hand_over(hands), handed)


def many_accounts(day, play, free):
    hands, client = day.hands, day.client
    title = next(one["title"] for one in client.all("/plays") if one["play"] == play)
    for one in free[:2]:
        client.command("POST", f"/accounts/{one['id']}/plays", {"play": play})
    before = running(client, play)
    hands.open("/accounts?sort=name&limit=200")
    places = tick_places(hands, free[:14])

    def started(_):
        hands.must_say("12 accounts got it")
        hands.must_say("2 accounts are skipped")
        assert running(client, play) - before == {one["id"] for one in free[2:14]}, "others got it"
        return f"“{title}”, in the accounts by name, to row {places[-1] + 1}"

    day.measure(
        "a play started for 14 accounts, two of them skipped",
        "In the list: `j` down to each account, `x`; then `b`, the play's name, Ctrl Enter, and Enter below the preview.",
        lambda: start(hands, places, title), started)

    def undone(_):
        hands.must_say("Taken back")
        assert running(client, play) == before, "the undo left something, or took more"

    day.measure("undoing it", "`u`, Enter.", lambda: hands.press("u", "Enter", waits=True), undone)


def false_alarm(day):
    hands, reason = day.hands, "Only their fiscal year"
    hands.open("/")

    def body():
        hands.click("Signals")
        hands.unfold("Say more of it")
        hands.fill("A false alarm, because", reason)
        hands.click("False alarm")

    def judge(_):
        marked = day.client.all("/signals", state="false_alarm")
        assert reason in [one["false_alarm"]["reason"] for one in marked], marked

    day.measure(
        "a signal marked false", "“Signals”, “Say more of it” at the first one, the reason (22 letters), “False alarm”.", body, judge)


def own_accounts(day):
    hands = day.hands
    own_files.write(day.folder)
    hands.open("/")

    def body():
        hands.click("Use your own data")
        hands.fill("Name of your company", "Nordlicht")
        hands.choose("Starter", "Programme")
        hands.click("Make the workspace")
        own_files.bring_in(hands, day.folder)
        own_files.see_scores(hands)

    day.measure(
        f"{own_files.ACCOUNTS} accounts and a year of {own_files.EVENTS:,} events imported, from files it has never seen",
        "A workspace of one's own, three files brought, their columns looked at, “Read the files”, “Take them in”, the scores, “Go live”.",
        body, lambda _: None)
    hands.select("Workspace", "Starter")
    hands.click("Go")


def triage(day):
    hands, client = day.hands, day.client
    fields = [client.account(one["external_id"])["fields"] for one in client.all("/accounts")]
    managers = [one["csm"] for one in fields if "csm" in one]
    person = max(sorted(set(managers)), key=managers.count)
    count, held = managers.count(person), sum(person in (one.get("csm"), one.get("account_executive")) for one in fields)
    day.sign_in(_invited(hands, person))
    hands.open("/")
    day.measure(
        f"triage of a CSM's {count} accounts",
        "“Today”; each account that needs someone is opened and read, then “I look after it”; at last “I have seen these”.",
        lambda: _look_after(hands), lambda opened: _triaged(hands, opened, count, held))


def _invited(hands, person):
    hands.click("Settings")
    hands.fill("Name of the teammate", person.split("@")[0])
    hands.fill("E-mail address of the teammate", person)
    hands.click("Invite")
    return hands.ask("document.querySelector('[role=status] code').innerText")


def _links(hands):
    return hands.ask("[...document.querySelectorAll('.needs tbody th a:first-child')].map((one) => one.getAttribute('href'))")


def _row(link):
    return f"document.querySelector('.needs tbody tr:has(th a:first-child[href=\"{link}\"])')"


def _look_after(hands):
    hands.click("Today")
    links = _links(hands)
    for link in links:
        hands.click_on(f"{_row(link)}.querySelector('a')")
        hands.must_say("What the score is made of")
        hands.click("Today")
        # Who gave notice, or has an alarming band, stays in the list without a button.
        if hands.ask(f"Boolean({_row(link)}?.querySelector('button'))"):
            hands.click_on(f"{_row(link)}.querySelector('button')")
    hands.click("I have seen these")
    return links


def _triaged(hands, opened, count, held):
    assert opened, "nobody needs this person, so that nothing was proved"
    hands.must_say("since you looked")
    assert "I look after it" not in hands.text(), "something still waits"
    quiet = int(hands.ask("document.body.innerText.match(/([0-9]+) customers? needs? nobody today/)[1]"))
    left = _links(hands)
    assert set(left) <= set(opened) and len(left) + quiet <= held, (opened, left, quiet, held)
    return (f"With the {held - count} of whom that person is account executive, {len(opened)} needed someone; {len(left)} of these stay "
            f"in the list, looked after; {quiet} need nobody, {held - len(left) - quiet} are customers no more")
