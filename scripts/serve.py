"""Runs the Procfile under honcho until the first Ctrl-C, `kill` or closed terminal, and leaves no process behind.

honcho stands in a session of its own, so that a Ctrl-C reaches this process alone. honcho may not meet two signals at
once: the handler of the second would wait for a lock that the first holds.
"""

import signal
import subprocess
import sys
from pathlib import Path

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# honcho gives its processes five seconds before it kills them.
PATIENCE = 20


class Stopped(Exception):
    pass


def stop(number, frame):
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def main():
    for each in SIGNALS:
        signal.signal(each, stop)
    # Settings read .env themselves, and what the environment says wins; honcho would have it the other way round.
    honcho = subprocess.Popen(
        [Path(sys.executable).with_name("honcho"), "start", "--env", "/dev/null"], start_new_session=True
    )
    try:
        status = honcho.wait()
    except Stopped:
        honcho.terminate()
        honcho.wait(PATIENCE)
        print("The portal has ended; its data is kept.")
        return 0
    print(
        f"A process of the portal ended by itself (status {status}), so the others were ended too; "
        "the lines above say which and why.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
