"""Why an export is refused, as the reader is told."""

from __future__ import annotations

from ckan.plugins import toolkit as tk


class Wrong(ValueError):
    """A parameter that cannot be used: its name, the value, and what was expected instead."""

    def __init__(self, name: str, value: object, expected: str = "", reason: str = "") -> None:
        """``reason`` is a sentence that says it all, in place of ``expected``."""
        shown = str(value)
        self.name, self.expected, self.reason = name, expected, reason
        self.value = shown if len(shown) <= 200 else shown[:200] + "…"
        super().__init__(name)

    def sentence(self) -> str:
        """The refusal in the reader's language."""
        if self.reason:
            return f"{self.name}: {self.reason}"
        return str(tk._("{name}: “{value}” cannot be used here. Expected: {expected}")).format(
            name=self.name, value=self.value, expected=self.expected
        )


class Busy(RuntimeError):
    """As many large exports are under way as the site allows at a time."""
