"""Knows what kind of file some bytes are, by their first bytes more than by the name."""

from __future__ import annotations

from pathlib import PurePath

from core.papers.notice.refusal import UnreadableNotice

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
_PICTURE_NAMES = {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_NAMES = {".txt", ".text", ".md", ""}
_OTHER_NAMES = {
    ".xls",
    ".xlsx",
    ".xlsm",
    ".ofd",
    ".ppt",
    ".pptx",
    ".zip",
    ".rar",
    ".7z",
    ".exe",
    ".html",
    ".htm",
    ".rtf",
}


def kind_of(data: bytes, name: str) -> str:
    """ "docx" or "text". Raises UnreadableNotice for anything else, with what to do about it."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableNotice("encrypted")
        raise UnreadableNotice("old_word", suffix=suffix or ".doc")
    if data.startswith(b"%PDF") or suffix == ".pdf":
        raise UnreadableNotice("pdf")
    if data.startswith(_PICTURES) or suffix in _PICTURE_NAMES:
        raise UnreadableNotice("picture")
    if data.startswith(b"PK") and suffix not in _OTHER_NAMES:
        return "docx"
    if suffix in (".docx", ".docm"):
        raise UnreadableNotice("broken", suffix=suffix)
    if suffix in (".doc", ".wps", ".dot", ".wpt"):
        raise UnreadableNotice("old_word", suffix=suffix)
    if suffix in _OTHER_NAMES or suffix not in _TEXT_NAMES:
        raise UnreadableNotice("wrong_type", suffix=suffix or "zip")
    return "text"
