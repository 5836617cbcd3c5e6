"""What a partnership works on and what came of it: factors, directions, the result (R051)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q

from common.fields import SeveralRows
from partnerships.enums import PartnershipState
from partnerships.models import Partnership
from partnerships.proposed_aims import ProposedAims
from schools.models import Direction, Municipality, RiskFactor

#: In these states something may have come of the work.
TELLS_RESULT = frozenset({PartnershipState.ACTIVE, PartnershipState.FINISHED})


class Tick(NamedTuple):
    """A row that may be chosen; `why` says whose profile or feature proposes it."""

    widget: Any
    why: str


class Ticks(NamedTuple):
    """A list of ticks: those that are chosen or proposed, and all the others, folded away."""

    field: forms.BoundField
    near: list[Tick]
    rest: list[Tick]


class FactorRows(SeveralRows):
    """Factors by their short names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class AimsFields(forms.Form):
    """The fields; the form that inherits them calls `offer_aims`."""

    factors = FactorRows(
        RiskFactor.objects.none(),
        label="Факторы риска",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    directions = SeveralRows(
        Direction.objects.none(),
        label="Направления взаимодействия",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    result = forms.CharField(
        label="Результат",
        required=False,
        max_length=500,
        help_text="Что получилось, одним предложением",
    )

    #: What the members' profiles propose; the page sets it before it shows the form.
    proposed = ProposedAims()
    #: Whether people have just asked for it.
    was_proposed = False

    def offer_aims(self, municipality: Municipality, partnership: Partnership | None) -> None:
        """Rows in use, and what was chosen before."""
        if partnership is None or partnership.state not in TELLS_RESULT:
            del self.fields["result"]
        for name, catalogue in (("factors", RiskFactor), ("directions", Direction)):
            chosen = getattr(partnership, name).all() if partnership else ()
            usual = Q(is_retired=False) & (Q(municipality=None) | Q(municipality=municipality))
            field: Any = self.fields[name]
            known = Q(pk__in=[row.pk for row in chosen])
            field.queryset = catalogue._default_manager.filter(usual | known)

    @property
    def ticks(self) -> list[Ticks]:
        return [
            _sorted(self["factors"], self.proposed.factors),
            _sorted(self["directions"], self.proposed.directions),
        ]

    def tick_proposed(self, proposed: ProposedAims) -> None:
        """Tick what is proposed, besides what is ticked already, in a form that is not sent."""
        for name in ("factors", "directions"):
            ticked = [str(value) for value in self.initial.get(name, [])]
            more = [str(pk) for pk in getattr(proposed, name)]
            self.initial[name] = [*ticked, *(pk for pk in more if pk not in ticked)]


def _sorted(field: forms.BoundField, why: Mapping[int, str]) -> Ticks:
    """What is ticked or proposed stands first, in the order of the catalogue."""
    near: list[Tick] = []
    rest: list[Tick] = []
    for widget in field.subwidgets:
        reason = why.get(getattr(widget.data["value"], "value", 0), "")
        (near if reason or widget.data["selected"] else rest).append(Tick(widget, reason))
    return Ticks(field, near, rest)
