"""Where a working day begins: assessments listed, begun, handed on, made into reports, printed as sheets."""

from cxassess.desk.desk import Desk

__all__ = ["Desk"]
