"""Knows the tables of figures read from reports and of what people said of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, Moment


class FigureRow(Base):
    """What one version of a report says of one target. Nothing is ever changed here."""

    __tablename__ = "figure"
    __table_args__ = (Index("ix_figure_report", "report_id"), Index("ix_figure_task", "office_id", "task_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    target: Mapped[str]
    """The target within its task: label and unit, which stay when the notice changes the figure to be reached."""
    value: Mapped[str | None]
    """In the target's unit, as an exact decimal; None where nothing stood out."""
    text: Mapped[str] = mapped_column(default="")
    """The figure as the report has it."""
    sense: Mapped[str]
    """total | step | unsaid"""
    sure: Mapped[bool]
    choices: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    at: Mapped[datetime] = mapped_column(Moment)


class FigureWordRow(Base):
    """What somebody said of a figure; the last word counts, the earlier ones stay for a past day to be asked of."""

    __tablename__ = "figure_word"
    __table_args__ = (Index("ix_figure_word_figure", "figure_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    figure_id: Mapped[int] = mapped_column(ForeignKey("figure.id"))
    state: Mapped[str]
    """confirmed | corrected | refused"""
    value: Mapped[str | None]
    sense: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
