"""How long the server takes for a search page on the shipped corpus: `python -m tests.web.speed`.

Wall time is what a visitor waits for; processor time is what it would be on a machine that does nothing else.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from fastapi.testclient import TestClient

from kb.intake import add_paths
from kb.library import Library
from kb.settings import Settings
from web.app import create_app

CORPUS = Path(__file__).parents[2] / "corpus"
QUESTIONS = (
    "phân bón sinh học",
    "nhiệm vụ nào về phân bón sinh học?",
    "nhiem vu nao ve phan bon sinh hoc",
    "which tasks cover biological fertilizers?",
    "chỉ tiêu phân loại chất thải rắn sinh hoạt đến năm 2025",
    "targets for sorting household waste by 2025",
    "86-KH/TU",
    "sửa đổi, bổ sung Kế hoạch số 86-KH/TU",
    "nhiệm vụ nào giao cho Ủy ban nhân dân phường?",
    "thời hạn báo cáo kết quả thực hiện",
    "đơn vị nào chủ trì chuyển đổi số?",
    "kinh phí thực hiện kế hoạch",
)
ROUNDS = 9
LIMIT = 60  # milliseconds, median


def measure(site: TestClient, question: str) -> tuple[list[float], list[float]]:
    """(wall, processor) milliseconds of every round after the first."""
    wall: list[float] = []
    used: list[float] = []
    for _ in range(ROUNDS + 1):
        begun, before = time.perf_counter(), time.process_time()
        site.get("/", params={"q": question}).raise_for_status()
        wall.append(1000 * (time.perf_counter() - begun))
        used.append(1000 * (time.process_time() - before))
    return wall[1:], used[1:]


def main() -> int:
    """Prints a line for each question and the median of all; 1 where that is over the limit."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        with Library.open(settings, encoder="default") as base:
            add_paths(base, [CORPUS])
            app = create_app(settings, library=base)
            walls: list[float] = []
            useds: list[float] = []
            with TestClient(app, headers={"accept": "text/html"}) as site:
                for question in QUESTIONS:
                    wall, used = measure(site, question)
                    walls += wall
                    useds += used
                    print(f"{statistics.median(wall):6.0f} {statistics.median(used):6.0f}  {question}")  # noqa: T201
    median = statistics.median(walls)
    print(f"{median:6.0f} {statistics.median(useds):6.0f}  median, ms: wall, processor; tier {base.tier}")  # noqa: T201
    return int(median > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
