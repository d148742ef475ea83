#!/usr/bin/env python3
"""Stands before the program ``sfsf-connector`` and makes trouble of the kinds that a program may make.

Put it where a client looks for the program. Arguments, environment, standard input and standard error go to the real one.

``SFSF_REAL_PROGRAM``  the path of the real program
``SFSF_DIE_AFTER``     so many lines of its output are passed on. In the place of the next one, both processes are killed (-9):
                       the client has sent what this line answers, and never hears of it. Without it, all lines are passed on.
``SFSF_DIE_WITHIN``    not empty: the first half of that line is passed on, without an end
``SFSF_BANNER``        a line that is printed before anything else; ``\\n`` and ``\\xff`` in it are such bytes
"""

import os
import signal
import subprocess
import sys


def main():
    banner = os.environ.get("SFSF_BANNER")
    if banner is not None:
        # Bytes, since what a foreign program prints need not be UTF-8.
        print_line(banner.encode().replace(b"\\n", b"\n").replace(b"\\xff", b"\xff") + b"\n")
    left = int(os.environ.get("SFSF_DIE_AFTER", "-1"))
    real = subprocess.Popen([os.environ["SFSF_REAL_PROGRAM"], *sys.argv[1:]], stdout=subprocess.PIPE)
    for line in real.stdout:
        if left == 0:
            if os.environ.get("SFSF_DIE_WITHIN"):
                print_line(line[: len(line) // 2])
            # First the real one, so that nothing goes on when the client sees the end.
            real.kill()
            real.wait()
            os.kill(os.getpid(), signal.SIGKILL)
        print_line(line)
        left -= 1
    sys.exit(real.wait())


def print_line(line):
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
