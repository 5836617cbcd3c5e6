"""A school that said nothing of a plan: waited for while it is agreed upon, not afterwards."""

import pytest
from django.urls import reverse

from roadmaps.enums import RoadmapState
from roadmaps.models import Roadmap
from tests.roadmaps.test_views_plan import text_of


@pytest.mark.parametrize(
    ("state", "said", "unsaid"),
    [
        (RoadmapState.AGREEING, "еще не ответила", "ответа нет"),
        (RoadmapState.RUNNING, "ответа нет", "еще не ответила"),
    ],
)
def test_nobody_is_waited_for_after_the_approval(client, cast, state, said, unsaid):
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=state, round=1)
    response = client.sign_in(cast.methodist).get(
        reverse("roadmaps:approval", args=[cast.roadmap.pk])
    )
    text = text_of(response).lower().replace("ё", "е")
    assert said in text
    assert unsaid not in text
