"""Settings, read once from the environment. Each says what changes when you touch it."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration of a running base."""

    home: Path = Path("var")  # KB_HOME: where the base lives; another directory is another base
    encoder: str | None = None  # KB_ENCODER: directory or hub name; "none" = words tier; unset = the shipped encoder
    host: str = "127.0.0.1"  # HOST: "0.0.0.0" lets the whole office in
    port: int = 8000  # PORT
    max_file_mb: int = 100  # KB_MAX_FILE_MB: larger files are refused
    max_pages: int = 2000  # KB_MAX_PAGES: PDFs and TIFFs of more pages are refused (about 1 MB of memory a page)
    ocr_seconds: float = 90.0  # KB_OCR_SECONDS: a scanned page that takes longer is left unread
    allow_upload: bool = True  # KB_UPLOAD=0 makes the site read-only
    development: bool = False  # KB_DEV=1 shows /styleguide

    @classmethod
    def from_environment(cls, home: Path | None = None) -> "Settings":
        """Settings of this process; `home` (from `--home`) wins over KB_HOME."""
        env = os.environ
        return cls(
            home=home or Path(env.get("KB_HOME") or "var"),
            encoder=env.get("KB_ENCODER") or None,
            host=env.get("HOST") or "127.0.0.1",
            port=int(env.get("PORT") or 8000),
            max_file_mb=int(env.get("KB_MAX_FILE_MB") or 100),
            max_pages=int(env.get("KB_MAX_PAGES") or 2000),
            ocr_seconds=float(env.get("KB_OCR_SECONDS") or 90),
            allow_upload=env.get("KB_UPLOAD", "1") != "0",
            development=env.get("KB_DEV", "0") == "1",
        )
