"""Words of page images by Tesseract: the one module that calls it. Results are kept by the content of the image."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from PIL import Image

from ingest.readers.hocr import Print, parsed
from ingest.readers.strokes import ruled

APT = "sudo apt install tesseract-ocr tesseract-ocr-vie"
DPI = 200  # at 300 it makes as many mistakes (on scans of 200 and of 300 dpi, measured) and takes a third longer
_LANGUAGE = "vie"  # "vie+eng" reads no better (measured) and takes twice the time
_READ = ("-l", _LANGUAGE, "--psm", "3", "hocr")
_STAND = ("-l", "osd", "--psm", "0")  # which way is up
_ROTATE = re.compile(r"Rotate: (\d+)")
_DOUBTFUL = 0.6  # mean confidence below which a page may lie on its side
_SETTINGS = f"tesseract {_LANGUAGE} psm3 {DPI}"  # part of the key: other settings, other result
_TICK = 0.5  # seconds between two looks at whether to stop


class Cache(Protocol):
    """Keeps what was recognised, so that a stop loses at most the pages in hand."""

    def get(self, key: str) -> str | None:
        """What `put` was given for `key`."""

    def put(self, key: str, found: str) -> None:
        """Keeps it."""


class Stopped(Exception):
    """Recognition was asked to stop; pages finished so far are in the cache."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """How to recognise. `seconds` is the most one page may take; `progress` is told (pages done, of how many)."""

    cache: Cache | None = None
    workers: int = 1
    seconds: float = 90.0
    progress: Callable[[int, int], None] = lambda done, of: None
    stopped: Callable[[], bool] = lambda: False
    niceness: int = 0

    def read(self, images: Sequence[Callable[[], Image.Image | None]]) -> list[Print | None]:
        """One result for each image (made when its turn comes), in points at DPI; None for one that took too long or
        that Tesseract cannot read. Raises Stopped.
        """
        found: list[Print | None] = []
        with ThreadPoolExecutor(self.workers) as pool:
            for result in pool.map(self._page, images):
                found.append(result)
                self.progress(len(found), len(images))
        return found

    def _page(self, draw: Callable[[], Image.Image | None]) -> Print | None:
        if self.stopped():
            raise Stopped
        drawn = draw()
        if drawn is None:
            return None
        image = drawn.convert("L")
        key = hashlib.sha256(f"{_SETTINGS} {image.size} ".encode() + image.tobytes()).hexdigest()
        known = self.cache.get(key) if self.cache is not None else None
        told = known or self._upright(image)
        if told is None:
            return None
        if known is None and self.cache is not None:
            self.cache.put(key, told)
        turn, _, hocr = told.partition("\n")
        page = parsed(hocr, 72 / DPI, int(turn))
        return replace(page, rules=ruled(image.rotate(-page.turn, expand=True) if page.turn else image, DPI))

    def _upright(self, image: Image.Image) -> str | None:
        """A line that says by how much the image had to be turned clockwise, then its hOCR."""
        hocr = self._run(image, _READ)
        if hocr is None:
            return None
        page = parsed(hocr, 1.0)
        sure = page.confidence or 0.0
        if page.glyphs and (page.lying or sure < _DOUBTFUL) and (turn := self._turn(image)):
            turned = self._run(image.rotate(-turn, expand=True), _READ)
            if turned is not None and (page.lying or (parsed(turned, 1.0).confidence or 0.0) > sure):
                return f"{turn}\n{turned}"
        return f"0\n{hocr}"

    def _turn(self, image: Image.Image) -> int:
        found = _ROTATE.search(self._run(image, _STAND) or "")
        return int(found.group(1)) if found else 0

    def _run(self, image: Image.Image, how: Sequence[str]) -> str | None:
        command = [shutil.which("tesseract") or "tesseract", "-", "-", *how]
        # One thread each: two pages side by side are quicker than one page on two threads.
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        with tempfile.TemporaryFile() as file:
            image.save(file, "PNG", compress_level=1, dpi=(DPI, DPI))
            file.seek(0)
            process = subprocess.Popen(
                command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
            )
        os.setpriority(os.PRIO_PROCESS, process.pid, self.niceness)
        end = time.monotonic() + self.seconds
        while True:
            try:
                out, _ = process.communicate(timeout=_TICK)
                return out.decode("utf-8", errors="replace") if process.returncode == 0 else None
            except subprocess.TimeoutExpired:
                if self.stopped() or time.monotonic() > end:
                    process.kill()
                    process.communicate()
            if self.stopped():
                raise Stopped
            if process.returncode is not None:
                return None


def is_installed() -> bool:
    """Whether Tesseract and its Vietnamese data are on this machine; one installed meanwhile is noticed."""
    program = shutil.which("tesseract")
    return program is not None and _LANGUAGE in _languages(program)


@cache
def _languages(program: str) -> tuple[str, ...]:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    return tuple((listed.stdout + listed.stderr).split())
