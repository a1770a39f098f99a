"""The power goes, again and again, while events are acknowledged: what was acknowledged counts exactly once, on ext4 and
on XFS.

The data folder lies on a filesystem of its own, in a file that is mounted. A cut stops the process where it is, shuts the
filesystem down without writing what waits (the kernel's own call for such proofs), kills the process, and mounts the
filesystem again, which replays its journal: what no flush had brought to the disk is gone, as after a power failure. Disks
that lie about their flushes are not imitated. A disk that forgets names stands for filesystems that promise no more than POSIX.

CUTS says how many for each filesystem; SEED repeats a run. A run that fails leaves a copy of its data folder behind, and
says where. Planted bugs need a debug build, and are skipped without."""
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from exactly_once import Deliveries, Miscount, SentTwice, check_counts, check_nothing_lost, check_plays, counts
from forgetful_disk import ForgetfulDisk
from load import WORKSPACE, Load, make_accounts, make_programme
from mounted_disk import MountedDisk
from post_office import Mailbox
from proof import Skipped, main, proof
from server import EndedEarly, Server, require_debug_build

CUTS = int(os.environ.get("CUTS", 6))
# A folder's log is read at each start: a new one now and then keeps starts short.
CUTS_A_FOLDER = 25
# New folders, whose names are young, are the more telling ones.
CUTS_A_FORGETFUL_FOLDER = 3
SEED = int(os.environ.get("SEED", random.randrange(1_000_000)))
# Seconds of load before a cut.
LOAD_SECONDS = (1.1, 1.8)
# Acknowledged in the second before each cut, which waits for them.
LAST_SECOND_EVENTS_MIN = 1_000
TICKS_A_SECOND, PATIENCE_SECONDS = 10, 60


class Rig:
    """One server on one disk, under load until the power goes."""

    def __init__(self, folder, disk, number, mailbox, environment=None):
        self.folder, self.disk, self.mailbox, self.environment = folder, disk, mailbox, disk.environment
        self.data = f"{disk.path}/data-{number}"
        self.deliveries = Deliveries(mailbox, self.data)
        self.last_seconds = []
        self.server = self._start("127.0.0.1:0")
        make_accounts(self.server.client(WORKSPACE))
        if environment:
            # A planted bug begins on a sound folder.
            assert self.server.stop() == 0
            self.environment = disk.environment | environment
            self.server = self._start("127.0.0.1:0")

    def _start(self, listen):
        arguments = ["--workspace", WORKSPACE, "--programme", self.folder + "/programme", "--smtp", self.mailbox.url]
        return Server(self.data, arguments=arguments, listen=listen, environment=self.environment)

    def cut(self, load):
        """Stops the process where it is, so that what it had acknowledged is what was seen."""
        os.kill(self.server.process.pid, signal.SIGSTOP)
        self.disk.shut_down()
        self.server.kill()
        self.disk.mount_again()
        self.deliveries.note_kill()
        self.server = load.server = self._start(f"127.0.0.1:{self.server.port}")

    def _cut_after_stop(self, load):
        """What a polite stop said was done is so."""
        assert self.server.stop() == 0
        self.disk.shut_down()
        self.disk.mount_again()
        self.server = self._start("127.0.0.1:0")
        client = self.server.client(WORKSPACE)
        if (found := counts(client)) != dict(load.acknowledged):
            raise Miscount(load.acknowledged, found)
        self.deliveries.check(client)

    def keep_data(self):
        """As a kill at this moment leaves it, for whoever looks into a failure. The errors of all starts lie beside it."""
        if self.server.is_alive:
            self.server.kill()
        kept = tempfile.mkdtemp(prefix="tenure-power-")
        if os.path.isdir(self.data):
            shutil.copytree(self.data, kept + "/data")
            shutil.copy(self.data + ".stderr", kept)
        print(f"          the data folder is kept in {kept}", flush=True)

    def run(self, cuts, chance):
        """Cut after cut; then what was acknowledged, and what counts."""
        with Load(self.server) as load:
            for _ in range(cuts):
                self._load_until_cut(load, chance)
                acknowledged = dict(load.acknowledged)
                self.cut(load)
                check_nothing_lost(self.server.client(WORKSPACE), acknowledged)
            time.sleep(1)
            load.stop()
        client = self.server.client(WORKSPACE)
        counted = check_counts(client, load)
        self.deliveries.check(client)
        check_plays(client)
        self._cut_after_stop(load)
        assert self.server.stop() == 0
        return load, counted

    def _load_until_cut(self, load, chance):
        """A random time, and longer where the second before would have been an idle one."""
        time.sleep(chance.uniform(*LOAD_SECONDS) - 1)
        totals = [load.total]
        while len(totals) <= TICKS_A_SECOND or totals[-1] - totals[-1 - TICKS_A_SECOND] < LAST_SECOND_EVENTS_MIN:
            assert len(totals) < PATIENCE_SECONDS * TICKS_A_SECOND, "too little load to prove anything"
            time.sleep(1 / TICKS_A_SECOND)
            totals.append(load.total)
        self.last_seconds.append(totals[-1] - totals[-1 - TICKS_A_SECOND])


def _cuts(folder, disk, cuts, environment=None, cuts_a_folder=CUTS_A_FOLDER):
    print(f"          seed {SEED}")
    make_programme(folder)
    chance = random.Random(SEED)
    counted, last_seconds, repeated, mails = 0, [], 0, 0
    with disk:
        for number, first in enumerate(range(0, cuts, cuts_a_folder)):
            with Mailbox() as mailbox:
                rig = Rig(folder, disk, number, mailbox, environment)
                try:
                    load, part = rig.run(min(cuts_a_folder, cuts - first), chance)
                except AssertionError:
                    if not environment:
                        rig.keep_data()
                    raise
                finally:
                    if rig.server.is_alive:
                        rig.server.kill()
                mails += len(mailbox.mails())
            # Room for the next: a gibibyte is less than twelve folders of a quick machine.
            shutil.rmtree(rig.data)
            counted, repeated = counted + part, repeated + load.repeated
            last_seconds += rig.last_seconds
            print(f"          {len(last_seconds)} cuts of {cuts}: {counted} events acknowledged and counted", flush=True)
    last_seconds.sort()
    print(f"          in the last second before a cut {last_seconds[0]} to {last_seconds[-1]} events were acknowledged, "
          f"{last_seconds[len(last_seconds) // 2]} in the median; {repeated} requests repeated; mails: {mails}")


@proof("ext4: events acknowledged before the power goes count exactly once, and messages leave once")
def ext4(folder):
    _cuts(folder, MountedDisk(folder, "ext4"), CUTS)


@proof("xfs: events acknowledged before the power goes count exactly once, and messages leave once")
def xfs(folder):
    _cuts(folder, MountedDisk(folder, "xfs"), CUTS)


def _need_debug_build():
    try:
        require_debug_build()
    except AssertionError as error:
        raise Skipped(str(error)) from None


@proof("a disk that forgets names: the same, with segments that begin all the time")
def forgotten_names(folder):
    _need_debug_build()
    disk = ForgetfulDisk(folder, random.Random(SEED))
    _cuts(folder, disk, CUTS, cuts_a_folder=CUTS_A_FORGETFUL_FOLDER)
    print(f"          {disk.forgotten} names forgotten")


def _finds(folder, plant, sign, disk=None, **options):
    """Whether the rig sees what the planted bug does."""
    _need_debug_build()
    try:
        _cuts(folder, disk or MountedDisk(folder, "ext4"), 8, {"TENURE_PLANT": plant}, **options)
    except AssertionError as found:
        assert sign(found), found
        print(f"          found: {found}")
        return
    raise AssertionError(f"eight cuts did not find the planted bug {plant}")


def _is_loss(found):
    """Fewer events than were acknowledged, or a log that misses what its store or a later segment says of it."""
    if isinstance(found, EndedEarly):
        return "store-ahead-of-log" in str(found) or "/log is damaged: block" in str(found)
    return isinstance(found, Miscount) and found.lost > 0


@proof("planted: blocks that are flushed only with the next one are found to be lost")
def acknowledge_before_sync(folder):
    _finds(folder, "acknowledge-before-sync", _is_loss)


@proof("planted: a log that is never flushed is found to be lost")
def no_log_sync(folder):
    _finds(folder, "no-log-sync", _is_loss)


@proof("planted: segments whose names are never flushed are found to be lost, on a disk that forgets names")
def no_directory_sync(folder):
    _finds(folder, "no-directory-sync", _is_loss, ForgetfulDisk(folder, random.Random(SEED)))


@proof("planted: a store that is not flushed is found to send twice")
def store_without_sync(folder):
    _finds(folder, "store-without-sync", lambda found: isinstance(found, SentTwice), cuts_a_folder=1)


def _alone():
    """In a mount namespace of its own: nobody else holds the filesystem, and nothing stays mounted behind the proof."""
    if os.geteuid() == 0 and not os.environ.get("TENURE_PROOF_ALONE"):
        os.environ["TENURE_PROOF_ALONE"] = "1"
        line = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
        os.execvp(line[0], line)


if __name__ == "__main__":
    _alone()
    main()
