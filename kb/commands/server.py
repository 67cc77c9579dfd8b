"""Runs the site: one process, one base."""

import socket
from urllib.parse import quote

import uvicorn

from kb.commands.output import err
from kb.errors import Busy, StoreError
from kb.settings import Settings
from kb.store.owner import Ownership


class _Announcing(uvicorn.Server):
    """Says where the site is, once it is."""

    def __init__(self, config: uvicorn.Config, address: str, example: str) -> None:
        super().__init__(config)
        self._address = address
        self._example = example

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then prints the address and one example question as addresses to open."""
        await super().startup(sockets)
        if self.started:
            err.print(f"\nCăn Cứ: [link={self._address}/]{self._address}/[/link]")
            asked = f"{self._address}/?q={quote(self._example)}"
            err.print(f"Thử hỏi “{self._example}”: [link={asked}]{asked}[/link]\nDừng: Ctrl+C")


def serve_forever(settings: Settings, example: str) -> None:
    """Serves until it is stopped. Raises `Busy` while another process owns the base, `StoreError` on a failed start."""
    ownership = Ownership(settings.home)
    if not ownership.take():
        raise Busy(
            f"Tiến trình {ownership.holder() or 'khác'} đang giữ kho này; hãy dừng nó trước (hoặc chọn KB_HOME khác)."
        )
    ownership.release()
    shown = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    config = uvicorn.Config(
        "web.app:create_app", factory=True, host=settings.host, port=settings.port, log_level="warning", workers=1
    )
    server = _Announcing(config, f"http://{shown}:{settings.port}", example)
    server.run()
    if not server.started:
        raise StoreError("Trang web không khởi động được; xem dòng lỗi ở trên.")
