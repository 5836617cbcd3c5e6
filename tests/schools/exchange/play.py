"""A kind of workbook played through without a web page: compare, write, look at the errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schools.exchange import planning, template
from schools.exchange.base import Kind, Scope
from schools.exchange.planning import Plan
from tests.schools.exchange.books import book, quiet


@dataclass(frozen=True)
class Play:
    kind: Kind
    scope: Scope

    def content(self, *rows: Mapping[str, Any]) -> bytes:
        """A workbook whose headings are the titles that the rows mention."""
        titles = list(dict.fromkeys(title for row in rows for title in row))
        lines = [[row.get(title) for title in titles] for row in rows]
        return book({self.kind.sheet: [titles, *lines]}, formulas=False)

    def parsed(self, *rows: Mapping[str, Any]) -> list[Any]:
        return planning.parsed(self.kind, self.scope, self.content(*rows), quiet)

    def compared(self, *rows: Mapping[str, Any], content: bytes | None = None) -> Plan:
        content = content or self.content(*rows)
        parsed = planning.parsed(self.kind, self.scope, content, quiet)
        return planning.compared(self.kind, self.scope, parsed)

    def written(self, *rows: Mapping[str, Any], content: bytes | None = None) -> Plan:
        plan = self.compared(*rows, content=content)
        assert not plan.has_errors, [row.errors for row in plan.rows]
        self.kind.apply(self.scope, plan.to_write, "файл.xlsx", quiet)
        return plan

    def errors(self, *rows: Mapping[str, Any]) -> list[tuple[int, str, str]]:
        """Row, column letter and sentence of each error."""
        plan = self.compared(*rows)
        return [(row.number, at.column, at.text) for row in plan.rows for at in row.errors]

    def filled(self) -> bytes:
        return template.made(self.kind, self.scope, filled=True)
