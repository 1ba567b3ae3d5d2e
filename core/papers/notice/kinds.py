"""Knows what kind of file some bytes are, by what they hold more than by the name."""

from __future__ import annotations

import re
from pathlib import PurePath

from core.papers.notice.archive import names_of
from core.papers.notice.refusal import UnreadableNotice

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
_PICTURE_NAMES = {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_NAMES = {".txt", ".text", ""}
_MARKDOWN = {".md", ".markdown"}
_PAGES = {".html", ".htm", ".xhtml", ".shtml"}
_ZIPS = {".docx": "docx", ".docm": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".ofd": "ofd"}
_OLD_WORD = {".doc", ".wps", ".dot", ".wpt"}
_OLD_EXCEL = {".xls", ".et", ".ett", ".xlt"}
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def kind_of(data: bytes, name: str) -> str:
    """ "docx" "xlsx" "ofd" "pdf" "html" "md" or "text". Raises UnreadableNotice for anything else, with what to do."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableNotice("encrypted")
        raise UnreadableNotice("old_excel" if suffix in _OLD_EXCEL else "old_word", suffix=suffix or ".doc")
    if data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(_PICTURES) or suffix in _PICTURE_NAMES:
        raise UnreadableNotice("picture")
    if data.startswith(b"PK"):
        return _zipped(data, suffix)
    if suffix in _ZIPS or suffix == ".pdf":
        raise UnreadableNotice("broken", suffix=suffix)
    if suffix in _OLD_WORD | _OLD_EXCEL and not _HTML.match(data[:2000]):
        raise UnreadableNotice("old_excel" if suffix in _OLD_EXCEL else "old_word", suffix=suffix)
    if data.startswith(b"{\\rtf"):
        raise UnreadableNotice("old_word", suffix=".rtf")
    if suffix in _PAGES or _HTML.match(data[:2000]):
        return "html"
    if suffix in _MARKDOWN:
        return "md"
    if suffix not in _TEXT_NAMES:
        raise UnreadableNotice("wrong_type", suffix=suffix)
    return "text"


def _zipped(data: bytes, suffix: str) -> str:
    names = names_of(data)
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise UnreadableNotice("macros")
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd")):
        if part in names:
            return kind
    if suffix in _ZIPS or not suffix:
        raise UnreadableNotice("broken", suffix=suffix or ".docx")
    if any(part.startswith("ppt/") for part in names):
        raise UnreadableNotice("wrong_type", suffix=".pptx")
    raise UnreadableNotice("broken" if not names else "wrong_type", suffix=suffix)
