"""Reads a mail as a stranger would and prints what it found, and what is wrong with it, as JSON."""
import email
import email.header
import email.policy
import json
import re
import sys

raw = sys.stdin.buffer.read() if len(sys.argv) < 2 else open(sys.argv[1], "rb").read()
errors = []
head = raw.split(b"\r\n\r\n")[0]
if re.search(rb"(?<!\r)\n", raw) or re.search(rb"\r(?!\n)", raw):
    errors.append("bare LF or CR")
if any(len(line) > 998 for line in raw.split(b"\r\n")):
    errors.append("line over 998 octets")
unfolded = (b"List-Unsubscribe:", b"Message-ID:")
if any(len(line) > 78 for line in raw.split(b"\r\n") if not line.startswith(unfolded)):
    errors.append("line over 78 octets")
if any(byte > 127 for byte in raw):
    errors.append("raw 8-bit")
message = email.message_from_bytes(raw, policy=email.policy.default)
for name in ("From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "Auto-Submitted"):
    if len(message.get_all(name, [])) != 1:
        errors.append("not one %s" % name)
for name in message.keys():
    if getattr(message[name], "defects", ()):
        errors.append("%s: %s" % (name, message[name].defects))
if not re.fullmatch(r"\s*<[^@<>\s]+@[^@<>\s]+>\s*", str(message["Message-ID"])):
    errors.append("Message-ID form")
one_click = message["List-Unsubscribe-Post"]
if (message["List-Unsubscribe"] is None) != (one_click is None):
    errors.append("List-Unsubscribe and its Post part company")
if one_click is not None and str(one_click).strip() != "List-Unsubscribe=One-Click":
    errors.append("List-Unsubscribe-Post value")
texts = {}
for part in message.walk():
    if part.defects:
        errors.append("%s defects %s" % (part.get_content_type(), part.defects))
    if part.is_multipart():
        continue
    kind = part.get_content_type()
    texts[kind] = part.get_content()
    if re.search(r"\{\{|\}\}|\{%|undefined|\bnull\b(?![a-z])", texts[kind]):
        errors.append("%s: leftover template or null" % kind)
    if kind == "text/html" and re.search(r"<script|\son\w+\s*=|javascript:", texts[kind], re.I):
        errors.append("active content in HTML")
if list(texts) != ["text/plain", "text/html"]:
    errors.append("parts %s" % list(texts))
# The newer reader (3.11) puts spaces between the encoded words of a name; the older one follows RFC 2047.
older = email.message_from_bytes(raw)["To"]
found = {
    "to": str(email.header.make_header(email.header.decode_header(older))),
    "errors": errors,
    "headers": {name: str(message[name]) for name in message.keys()},
    "date": message["Date"].datetime.isoformat() if message["Date"] else "",
    "plain": texts.get("text/plain", "").replace("\r\n", "\n"),
    "html": texts.get("text/html", "").replace("\r\n", "\n"),
}
json.dump(found, sys.stdout)
