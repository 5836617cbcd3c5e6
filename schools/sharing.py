"""The three kinds of what schools share, and how the pages speak of each."""

from dataclasses import dataclass
from typing import Any

from schools.forms.sharing import ExperienceForm, MentorForm, NewMentorForm, ResourceForm
from schools.models import Experience, Mentor, Resource


@dataclass(frozen=True)
class Kind:
    """`owner`: the path from a row to its school; `related`: what its pages show along."""

    slug: str
    model: Any
    form: Any
    new_form: Any
    add_title: str
    edit_title: str
    owner: str
    related: tuple[str, ...] = ()

    @property
    def rows(self) -> Any:
        return self.model.objects.select_related(*self.related, f"{self.owner}__municipality")


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "experience",
            Experience,
            ExperienceForm,
            ExperienceForm,
            "Чем школа может поделиться",
            "Опыт школы",
            "school",
            ("school", "factor", "direction"),
        ),
        Kind(
            "resource",
            Resource,
            ResourceForm,
            ResourceForm,
            "Что предлагаем или ищем",
            "Ресурс школы",
            "school",
            ("school",),
        ),
        Kind(
            "mentor",
            Mentor,
            MentorForm,
            NewMentorForm,
            "Кто может быть наставником",
            "Наставник",
            "person__school",
            ("person__school", "factor", "direction"),
        ),
    )
}
