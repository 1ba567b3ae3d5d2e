"""Knows how much the pages of a PDF draw when forms stand within forms, told without drawing any of it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

from core.papers.notice.refusal import UnreadableNotice

DRAWN = 8_000_000
"""Bytes of drawing operators of one page, forms counted as often as they are drawn; a close-set page has some 200,000."""

WHOLE = 60_000_000
"""The same for all pages."""

_DO = re.compile(rb"/([^\s/<>\[\](){}%]{1,120})\s+Do\b")
_DEEP = 30


def check_drawn(pages: Iterable[Any]) -> None:
    """Raises UnreadableNotice (unsafe) for pages (pdfminer's) that draw far more than paper holds."""
    scale = _Scale()
    whole = 0
    for page in pages:
        drawn = scale.page(page)
        whole += drawn
        if drawn > DRAWN or whole > WHOLE:
            raise UnreadableNotice("unsafe", what="PDF")


class _Scale:
    """Weighs each form once, however often it is drawn."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def page(self, page: Any) -> int:
        resources = resolve1(page.resources) or {}
        parts = [resolve1(part) for part in page.contents]
        return sum(self._weight(part, resources, ()) for part in parts if isinstance(part, PDFStream))

    def _weight(self, stream: PDFStream, resources: Mapping[str, Any], above: tuple[int, ...]) -> int:
        """Bytes that interpreting this stream takes. A form that draws itself is refused: pdfium follows it until it breaks."""
        data = _data(stream)
        total = len(data)
        forms = resolve1(resources.get("XObject")) or {}
        for found in _DO.finditer(data):
            form = forms.get(found[1].decode("latin-1")) if isinstance(forms, Mapping) else None
            total += self._form(form, resources, above)
            if total > DRAWN:
                return total
        return total

    def _form(self, reference: Any, outer: Mapping[str, Any], above: tuple[int, ...]) -> int:
        form = resolve1(reference)
        if not isinstance(form, PDFStream) or str(form.get("Subtype")) != "/'Form'":
            return 0
        own = reference.objid if isinstance(reference, PDFObjRef) else id(form)
        if own in above or len(above) > _DEEP:
            raise UnreadableNotice("unsafe", what="PDF")
        if own not in self._known:
            inner = resolve1(form.get("Resources"))
            self._known[own] = self._weight(form, inner if isinstance(inner, Mapping) else outer, (*above, own))
        return self._known[own]


def _data(stream: PDFStream) -> bytes:
    """What a stream unpacks to, at most a little more than a page may draw."""
    filters = [name for name, _ in stream.get_filters()]
    raw = stream.get_rawdata()
    if raw is None or len(filters) != 1 or "Flate" not in str(filters[0]):
        return stream.get_data()
    try:
        unpacked = zlib.decompressobj().decompress(raw, DRAWN + 1)
    except zlib.error:
        return stream.get_data()
    if len(unpacked) > DRAWN:
        raise UnreadableNotice("unsafe", what="PDF")
    return unpacked
