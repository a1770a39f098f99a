"""Files of a company that the product has never seen, and the way of them through the pages to scores."""
import csv
import datetime
import os
import random

ACCOUNTS = int(os.environ.get("ACCOUNTS", "500"))
EVENTS = int(os.environ.get("EVENTS", "20000"))
DAYS = 365
SECONDS_MAX = int(os.environ.get("SECONDS", "900"))


def write(folder):
    """Tables as other programs write them: names of columns, words and references of their own."""
    rng = random.Random(7)
    today = datetime.date.today()
    names = [f"{a} {b} {n}" for n, (a, b) in enumerate(
        (rng.choice(["Nord", "Alta", "Blue", "Iron", "Lark"]), rng.choice(["Foods", "Steel", "Press", "Health", "Freight"]))
        for _ in range(ACCOUNTS))]
    _write(folder + "/crm.csv", ["Customer No", "Company name", "Plan", "Annual value", "Licences", "Renewal date", "Remarks"], [
        [f"C-{n:04}", name, rng.choice(["basic", "professional", "enterprise"]), 1000 * rng.randint(5, 90), rng.randint(5, 60),
         today + datetime.timedelta(days=rng.randint(10, 360)) if n != 3 else "soon", "n/a"] for n, name in enumerate(names)])
    # People are filed under the company's name, one of them under a slip of it.
    _write(folder + "/people.csv", ["Company", "Full name", "Mail", "Position"], [
        [name if n else name.upper().replace(" ", "-"), f"Person {n}", f"p{n}@customer{n}.example", "champion"]
        for n, name in enumerate(names) if n < 40])
    start = datetime.datetime.combine(today - datetime.timedelta(days=DAYS), datetime.time(8))
    _write(folder + "/logins.csv", ["When", "Customer No", "Login", "Activity"], [
        [(start + datetime.timedelta(minutes=rng.randrange((DAYS - 1) * 24 * 60))).strftime("%Y-%m-%d %H:%M:%S"),
         f"C-{rng.randrange(ACCOUNTS):04}", f"u{rng.randrange(8)}", "Logged in"] for _ in range(EVENTS)])


def _write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


def bring_in(screen, folder):
    for label, name in (("Accounts", "crm"), ("Contacts", "people"), ("Events", "logins")):
        screen.bring(label, f"{folder}/{name}.csv")
    screen.click("Upload")
    for part, label, meaning in (
            ("Accounts", "Customer No", "Id of the account"), ("Accounts", "Company name", "Name of the account"),
            ("Accounts", "Annual value", "Annual recurring revenue"), ("Accounts", "Renewal date", "End of term"),
            ("Accounts", "Remarks", "Left out"), ("Contacts", "Company", "Account"),
            ("Contacts", "Mail", "E-mail"), ("Events", "When", "When it happened"),
            ("Events", "Login", "Who did it (login)"), ("Events", "Activity", "What happened")):
        if screen.shown(label, part) != meaning:
            print(f"          not guessed: {label}, shown as {screen.shown(label, part)}", flush=True)
            screen.select(label, meaning, part)
    screen.click("Read the files")
    screen.wait_for("What would be taken in", SECONDS_MAX)
    screen.must_say("line 5 “soon” in the column “Renewal date” is not a date such as 2026-03-09")
    assert screen.shown("Logged in").endswith("(user.session)"), screen.shown("Logged in")
    # One company is spelled otherwise, and one stands in the row that was refused.
    screen.must_say("39 names are the letters and digits of one account's name or id")
    screen.click("Take them in")
    screen.wait_for("Your accounts are in", SECONDS_MAX)
    screen.must_say(f"crm.csv: {ACCOUNTS - 1} taken, 0 seen before, 0 waiting for their account, 1 refused")
    screen.must_say("people.csv: 39 taken, 0 seen before, 1 waiting for their account, 0 refused")


def see_scores(screen):
    screen.click("See ")
    screen.must_say(f"{ACCOUNTS - 1} accounts")
    scored = screen.ask("[...document.querySelectorAll('.score')].filter((one) => /^[0-9]+$/.test(one.innerText.trim())).length")
    assert scored > 20, f"only {scored} scores are on the first page"
    screen.must_say("This workspace is not live")
    screen.click("See what is withheld, and go live")
    screen.click("Go live")
    screen.must_say("This workspace is live")
