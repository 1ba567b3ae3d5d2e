"""Knows the sheet that pictures are drawn on: pixels from the upper left, and states told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle

from core.papers.lettering import breadth, lettering

WIDTH = 1080
"""Pixels: a phone shows it without shrinking; Telegram keeps photos up to 1280."""

EDGE = 48
INK, QUIET, RULE = "#1F2933", "#52606D", "#CBD2D9"


@dataclass(frozen=True, slots=True)
class Look:
    """A state's colour and hatching: they differ in brightness and pattern, so that grey paper tells them apart."""

    key: str
    fill: str
    hatch: str
    line: str
    ink: str


LOOKS = (
    Look("done", "#86B4DB", "", "#2F6391", INK),
    Look("waiting", "#FFFFFF", "//", "#8896A5", INK),
    Look("overdue", "#7A1420", "xx", "#C9737D", "#FFFFFF"),
)


class Board:
    """A picture under way: text and boxes at pixels counted from the upper left corner."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="white")
        FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)

    def write(self, x: float, y: float, text: str, size: float, ink: str = INK, align: str = "left") -> None:
        # parse_math=False: a dollar sign in a name is a dollar sign
        self.axes.text(x, y, text, fontproperties=lettering(size), color=ink, ha=align, va="center", parse_math=False)

    def box(self, x: float, y: float, width: float, height: float, look: Look) -> None:
        patch = Rectangle(
            (x, y), width, height, facecolor=look.fill, edgecolor=look.line, hatch=look.hatch, linewidth=2
        )
        patch.set_hatch_linewidth(2)
        self.axes.add_patch(patch)

    def number(self, x: float, y: float, number: int, look: Look) -> None:
        """A number in the middle of a box, on a plain patch where the box is hatched."""
        width = breadth(str(number)) * 32 + 12
        if look.hatch:
            patch = Rectangle((x - width / 2, y - 19), width, 38, facecolor=look.fill, edgecolor="none")
            self.axes.add_patch(patch)
        self.write(x, y + 1, str(number), 32, look.ink, "center")

    def rule(self, y: float, colour: str = RULE) -> None:
        self.axes.plot([EDGE, WIDTH - EDGE], [y, y], color=colour, linewidth=2)

    def sign(self, x: float, y: float, state: str, size: float = 21) -> None:
        """A state as a shape: a full circle (done), one with a ring (complete), an empty one (waiting), a crossed square
        (overdue), a triangle (behind).
        """
        if state == "overdue":
            self.box(x - size, y - size, 2 * size, 2 * size, LOOKS[2])
            return
        if state == "behind":
            corners = [(x, y - size * 1.1), (x + size * 1.15, y + size), (x - size * 1.15, y + size)]
            self.axes.add_patch(Polygon(corners, facecolor="#F2C14E", edgecolor="#7A5B00", linewidth=3))
            return
        look = LOOKS[0] if state in ("done", "complete") else LOOKS[1]
        self.axes.add_patch(Circle((x, y), size, facecolor=look.fill, edgecolor=look.line, linewidth=3))
        if state == "complete":
            self.axes.add_patch(Circle((x, y), size * 0.5, facecolor="white", edgecolor=look.line, linewidth=3))

    def png(self) -> bytes:
        out = BytesIO()
        self.figure.savefig(out, format="png", dpi=72)
        return out.getvalue()
