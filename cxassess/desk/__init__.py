"""Where a working day begins: assessments listed, begun, handed on, made into reports, printed as sheets."""
