"""A real mail server that keeps what it gets, and fails on demand.

Prints its port; ends when its input does.
"""
import argparse
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

options = argparse.ArgumentParser()
options.add_argument("folder")
options.add_argument("--auth", help="user:password")
options.add_argument("--fail", help="2:451 answers the first 2 messages so")
options.add_argument("--rcpt", help="answers RCPT so: 550 5.1.1 no such user")
options.add_argument("--drop", action="store_true", help="takes the message and cuts the line unanswered")
options.add_argument("--drop-early", action="store_true", help="cuts the line at MAIL")
options.add_argument("--stall-data", type=float, default=0)
options.add_argument("--stall-hello", type=float, default=0)
options.add_argument("--certificate", help="PEM with certificate and key: offers STARTTLS")
options.add_argument("--implicit", action="store_true", help="TLS from the first byte")
options.add_argument("--needs-tls", action="store_true")
options = options.parse_args()
failures = int(options.fail.split(":")[0]) if options.fail else 0
taken = 0


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        await asyncio.sleep(options.stall_hello)
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if options.drop_early:
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if options.rcpt and address.startswith("nobody"):
            return options.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global failures, taken
        if failures > 0:
            failures -= 1
            return options.fail.split(":")[1] + " simulated"
        taken += 1
        keep(os.path.join(options.folder, "%03d" % taken), session, envelope)
        if options.drop:
            server.transport.abort()
        await asyncio.sleep(options.stall_data)
        return "250 OK queued as %d" % taken


def keep(path, session, envelope):
    with open(path + ".eml", "wb") as file:
        file.write(envelope.original_content)
    facts = {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "authenticated": bool(session.authenticated),
        "tls": options.implicit or session.ssl is not None,
    }
    with open(path + ".json", "w") as file:
        json.dump(facts, file)


def authenticate(server, session, envelope, mechanism, data):
    given = data.login.decode() + ":" + data.password.decode()
    return AuthResult(success=given == options.auth, handled=False)


def make():
    named = {"hostname": "peer.test"}
    if options.auth:
        named.update(authenticator=authenticate, auth_required=True, auth_require_tls=False)
    if context and not options.implicit:
        named.update(tls_context=context, require_starttls=options.needs_tls)
    return SMTP(Handler(), **named)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", 0, ssl=context if options.implicit else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


context = None
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate)
asyncio.run(main())
