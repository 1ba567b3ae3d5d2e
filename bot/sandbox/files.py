"""Knows the files that were sent: their ids, their content and what a picture measures."""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import Any

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024

_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "audio": "music", "video": "videos"}


@dataclass(slots=True)
class File:
    """Bytes under a file_id. `kind` is photo, document, video …"""

    file_id: str
    kind: str
    name: str
    content: bytes
    path: str
    width: int = 0
    height: int = 0

    @property
    def unique_id(self) -> str:
        return "AQAD" + self.file_id[-12:]

    @property
    def mime(self) -> str:
        return guess_type(self.name)[0] or "application/octet-stream"


class Files:
    """All files by id and by path."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self.by_path: dict[str, File] = {}
        self._numbers = itertools.count(1)

    def keep(self, kind: str, name: str, content: bytes) -> File:
        number = next(self._numbers)
        suffix = PurePosixPath(name).suffix or (".jpg" if kind == "photo" else "")
        path = f"{_FOLDERS.get(kind, kind + 's')}/file_{number}{suffix}"
        width, height = picture_size(content) if kind == "photo" else (0, 0)
        letter = {"photo": "AgAC", "document": "BQAC"}.get(kind, "CgAC")
        file = File(f"{letter}AgUAAxkBAAI{number:012d}", kind, name, content, path, width, height)
        self.by_id[file.file_id] = self.by_path[path] = file
        return file

    def thumbnail_id(self, file: File) -> str:
        """A second id under which the small edition of a picture is known (it holds the same bytes here)."""
        small = file.file_id.replace("AgAC", "AgAS", 1)
        self.by_id.setdefault(small, file)
        return small


def media_of(files: Files, file: File) -> dict[str, Any]:
    """The file as a message holds it."""
    base = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.content)}
    if file.kind == "photo":
        width, height = file.width or 800, file.height or 600
        scale = 90 / max(width, height)
        small = {
            "file_id": files.thumbnail_id(file),
            "file_unique_id": file.unique_id + "s",
            "file_size": min(len(file.content), 1500),
            "width": max(1, int(width * scale)),
            "height": max(1, int(height * scale)),
        }
        return {"photo": [small, {**base, "width": width, "height": height}]}
    named = {**base, "file_name": file.name, "mime_type": file.mime}
    if file.kind == "document":
        return {"document": named}
    if file.kind == "animation":
        return {"animation": {**named, "width": 320, "height": 240, "duration": 1}, "document": named}
    if file.kind == "video":
        return {"video": {**named, "width": 320, "height": 240, "duration": 1}}
    if file.kind == "audio":
        return {"audio": {**named, "duration": 1}}
    if file.kind == "voice":
        return {"voice": {**base, "mime_type": "audio/ogg", "duration": 1}}
    if file.kind == "video_note":
        return {"video_note": {**base, "length": 240, "duration": 1}}
    return {
        "sticker": {
            **base,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    }


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF, JPEG or WebP, (0, 0) for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return 512, 512
    return 0, 0


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return 0, 0
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return 0, 0
