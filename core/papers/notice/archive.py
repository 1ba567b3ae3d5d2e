"""Knows how a zip of XML parts is opened without harm: its claims are checked before anything is unpacked."""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from core.papers.notice.refusal import UnreadableNotice

_TORN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
)
_PART_LIMIT = 60 * 1024 * 1024
_WHOLE_LIMIT = 120 * 1024 * 1024
_RATIO_LIMIT = 200
_FILES_LIMIT = 5000


def names_of(data: bytes) -> list[str]:
    """The names in an archive; empty where it is none or damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.namelist()
    except _TORN:
        return []


class Archive:
    """A zip whose parts are read one by one, at most 60 MB each and 120 MB together; nothing is ever written.

    Everything raises UnreadableNotice: unsafe (unpacks to far too much, document type declaration), encrypted, broken.
    """

    def __init__(self, data: bytes, suffix: str) -> None:
        self._suffix = suffix
        self._left = _WHOLE_LIMIT
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _TORN as error:
            raise UnreadableNotice("broken", suffix=suffix) from error
        self.names = set(self._archive.namelist())
        if len(self.names) > _FILES_LIMIT:
            raise UnreadableNotice("unsafe", what="zip")

    def xml(self, name: str) -> Element:
        """The root of one part."""
        try:
            root: Element = fromstring(self._bytes(name), forbid_dtd=True)
        except DefusedXmlException as error:
            raise UnreadableNotice("unsafe", what="XML") from error
        except (ParseError, LookupError, ValueError, RecursionError) as error:
            raise UnreadableNotice("broken", suffix=self._suffix) from error
        return root

    def count(self, name: str, pattern: re.Pattern[bytes]) -> int:
        """How often a part holds a pattern: what is too much is known before it is parsed."""
        return sum(1 for _ in pattern.finditer(self._bytes(name)))

    def xml_if(self, name: str) -> Element | None:
        """The root of a part that need not be there."""
        return self.xml(name) if name in self.names else None

    def _bytes(self, name: str) -> bytes:
        try:
            info = self._archive.getinfo(name)
            most = min(_PART_LIMIT, self._left, _RATIO_LIMIT * max(info.compress_size, 1) + 1_000_000)
            if info.file_size > most:
                raise UnreadableNotice("unsafe", what="zip")
            with self._archive.open(name) as part:
                data = part.read(most + 1)
        except _TORN as error:
            raise UnreadableNotice("broken", suffix=self._suffix) from error
        except RuntimeError as error:
            raise UnreadableNotice("encrypted") from error
        if len(data) > most:
            raise UnreadableNotice("unsafe", what="zip")
        self._left -= len(data)
        return data


def beside(name: str, location: str) -> str:
    """The part that `location` names, seen from the part `name`; it can't leave the archive."""
    path = location if location.startswith("/") else posixpath.join("/", posixpath.dirname(name), location)
    return posixpath.normpath(path).lstrip("/")
