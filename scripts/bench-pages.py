#!/usr/bin/env python3
"""bench-pages.py EXTRACT: processor time of EXTRACT with all its children beside pdftotext -bbox-layout, the same files in turn.

Needs poppler-utils and ../shared or TRUNKLINE_SHARED; says so and ends well without them.
"""
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile


def cost(work):
    """Processor seconds of the children that `work` starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    program = os.path.abspath(sys.argv[1])
    root = pathlib.Path(os.environ.get("TRUNKLINE_SHARED", "../shared")) / "data/documents/contracts/pdf"
    if not root.is_dir() or not shutil.which("pdftotext"):
        print(f"bench: no {root} or no pdftotext: PDFs skipped")
        return
    files = [str(path) for path in sorted(root.glob("*.pdf"))]
    folder = tempfile.TemporaryDirectory()
    files = [os.path.abspath(file) for file in files]
    quiet = {"cwd": folder.name, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}

    def peer():
        for file in files:
            subprocess.run(["pdftotext", "-bbox-layout", file, os.devnull], **quiet)

    ratios = []
    for _ in range(3):
        theirs = cost(peer)
        ours = cost(lambda: subprocess.run([program, *files], **quiet))
        ratios.append(ours / theirs)
        print(f"pdf: {len(files)} contracts, pdftotext -bbox-layout {theirs:.1f} s, trunkline extract {ours:.1f} s, "
              f"ratio {ratios[-1]:.2f}")
    # Of all processes of one run, in a process that has run nothing else.
    measure = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=-3, stderr=-3); "
               "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    peaks = [int(subprocess.run([sys.executable, "-c", measure, program, file], capture_output=True, text=True,
                                check=True).stdout) / 1024 for file in sorted(files, key=os.path.getsize)[-5:]]
    print(f"pdf: peak memory over the five largest files {max(peaks):.0f} MiB")
    print(f"pdf: middle ratio {sorted(ratios)[1]:.2f} (at most 1.10)")


main()
