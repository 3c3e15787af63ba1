#!/usr/bin/env python3
"""accuracy-scans.py SCAN-WORDS FOLDER: words and numbers that recognition finds on the scans of FOLDER, by its score.py, beside
the tesseract program; the processor time of both on the same cleaned picture. Needs pillow; writes to out/accuracy/scans."""
import glob, os, resource, subprocess, sys
from PIL import Image

PROGRAM, FOLDER = sys.argv[1:3]
OUT = "out/accuracy/scans"
KINDS = [("clean", "_200.png", (95.1, 94.0)), ("bad", "_200d.jpg", (86.0, 78.0)), ("fax", "_fax.png", None)]
os.makedirs(OUT, exist_ok=True)
os.environ["OMP_THREAD_LIMIT"] = "1"


def cpu(command):
    """Runs a command and answers its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def score(pages, suffix):
    pairs = [path for truth, page in pages for path in (truth, f"{OUT}/{page}{suffix}")]
    text = subprocess.run([sys.executable, FOLDER + "/score.py", *pairs], check=True, capture_output=True, text=True).stdout
    words = text.replace(";", "").split()
    return float(words[2]), float(words[words.index("numbers") + 2]), text.strip()


failed = False
for kind, suffix, target in KINDS:
    pages = []
    for truth in sorted(glob.glob(FOLDER + "/*.raw.txt")):
        name = os.path.basename(truth)[: -len(".raw.txt")]
        page = name + suffix.split(".")[0]
        Image.open(f"{FOLDER}/{name}{suffix}").convert("L").save(f"{OUT}/{page}.pgm")
        pages.append((truth, page))
    cleaning = ours = peer = 0
    # Page by page in turn, so that what else the machine does slows both alike.
    for _, page in pages:
        picture, clean = f"{OUT}/{page}.pgm", f"{OUT}/{page}.clean.pgm"
        cleaning += cpu([PROGRAM, "clean", picture, clean])
        ours += cpu([PROGRAM, "text", picture, f"{OUT}/{page}.txt"])
        peer += cpu(["tesseract", clean, f"{OUT}/{page}.peer", "--dpi", "200"])
    words, numbers, text = score(pages, ".txt")
    print(f"{kind}: {text}")
    print(f"  tesseract on our cleaned pictures: {score(pages, '.peer.txt')[2]}")
    print(f"  CPU s a page: cleaning {cleaning / len(pages):.2f} (at most 0.5), recognition {(ours - cleaning) / len(pages):.2f}, "
          f"tesseract {peer / len(pages):.2f}, ratio {(ours - cleaning) / peer:.2f} (at most 1.1)")
    if target and (words < target[0] or numbers < target[1]):
        print(f"  below the target of {target[0]} and {target[1]}")
        failed = True
sys.exit(1 if failed else 0)
