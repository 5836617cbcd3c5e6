"""Forms of agreements: facts, signatories of each school, the scan; the filter of the list."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Fieldset, Layout, Row, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.changes import worded
from common.search import fold
from common.widgets import date_input
from partnerships.actions.agreements import Signature
from partnerships.enums import MemberRole
from partnerships.models import Agreement, PartnershipMember
from partnerships.period import refuse_odd_year
from schools import uploads
from schools.heads import is_head_post
from schools.models import Membership

_BACK = '<a class="btn plain" href="{}">Не сейчас</a>'
_ORDER = {role: place for place, role in enumerate(MemberRole.values)}


class AgreementForm(forms.ModelForm):
    """Nothing is required of an agreement: number and date may be unknown (quirk 13)."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    upload = forms.FileField(
        label="Файл",
        required=False,
        allow_empty_file=True,
        help_text=f"Скан подписанного документа: {uploads.SCAN.hint}",
        widget=forms.FileInput({"accept": uploads.SCAN.accept}),
    )
    drop_scan = forms.BooleanField(label="Убрать приложенный скан", required=False)

    class Meta:
        model = Agreement
        fields = ["number", "signed_on", "valid_until", "changes", "note"]
        widgets = {
            "signed_on": date_input(),
            "valid_until": date_input(),
            "changes": forms.Textarea({"rows": 4}),
        }
        labels = {"signed_on": "Дата заключения"}
        help_texts = {
            "number": "Не известен – оставьте пустым",
            "valid_until": "Пусто – срок не указан или договор бессрочный",
        }

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreement = self.instance
        self.members = _in_order(agreement.partnership.members.select_related("school"))
        self.people = _people_of(agreement.partnership.municipality_id, self.members)
        self.fields["version"].initial = agreement.version
        if agreement.parent_id:
            self.fields["changes"].required = True
            self.fields["changes"].help_text = "Например: срок продлён до 31.08.2027"
            self.fields["valid_until"].label = "Новый срок, если он изменён: действует до"
            self.fields["valid_until"].help_text = ""
        else:
            del self.fields["changes"]
        if agreement.scan is None:
            del self.fields["drop_scan"]
        else:
            held = f"Сейчас приложен {agreement.scan.original_name}. Новый файл его заменит"
            self.fields["upload"].help_text = f"{held}. {uploads.SCAN.hint}"
        self._add_signatories()
        self.helper = FormHelper()
        self.helper.layout = Layout(*self._lines(back_url))

    def _add_signatories(self) -> None:
        held = {row.member_id: row for row in self._signed()}
        for member in self.members:
            row = held.get(member.pk)
            head = next(
                (one for one in self.people[member.school_id] if is_head_post(one.post)), None
            )
            self.fields[f"name_{member.pk}"] = forms.CharField(
                label=f"{member.school.short_name}: кто подписал",
                required=False,
                max_length=200,
                initial=row.name if row else "",
                help_text=f"Руководитель школы: {head.name}" if head else "",
                widget=forms.TextInput({"list": f"people-{member.pk}", "autocomplete": "off"}),
            )
            self.fields[f"post_{member.pk}"] = forms.CharField(
                label="Должность",
                required=False,
                max_length=200,
                initial=row.post if row else "",
                help_text="Пусто – как записано у этого человека" if head else "",
            )

    def _signed(self) -> Any:
        return self.instance.signatories.all() if self.instance.pk else ()

    def _lines(self, back_url: str) -> Iterator[Any]:
        yield "version"
        yield Row("number", "signed_on")
        yield "valid_until"
        if "changes" in self.fields:
            yield "changes"
        yield "note"
        people = [Row(f"name_{member.pk}", f"post_{member.pk}") for member in self.members]
        yield Fieldset("Кто подписал, как стоит в документе", *people)
        scan = ["upload", "drop_scan"] if "drop_scan" in self.fields else ["upload"]
        yield Fieldset("Скан", *scan)
        yield HTML(self.suggestions())
        yield ButtonHolder(Submit("save", "Сохранить"), HTML(format_html(_BACK, back_url)))

    def suggestions(self) -> SafeString:
        """People of each school for the fields of its signatory, the head first."""
        return format_html_join(
            "",
            '<datalist id="people-{}">{}</datalist>',
            (
                (
                    member.pk,
                    format_html_join(
                        "",
                        '<option value="{}">{}</option>',
                        ((one.name, one.post) for one in self.people[member.school_id]),
                    ),
                )
                for member in self.members
            ),
        )

    def signatures(self) -> list[Signature]:
        """Of a valid form. A name of the school's people brings its person, and its post where
        none is written; what stood on the paper keeps the person that it had."""
        held = {row.member_id: row for row in self._signed()}
        return [self._signature(member, held.get(member.pk)) for member in self.members]

    def _signature(self, member: PartnershipMember, held: Any) -> Signature:
        name = " ".join(self.cleaned_data[f"name_{member.pk}"].split())
        post = self.cleaned_data[f"post_{member.pk}"]
        if held and held.name == name:
            return Signature(member.pk, name, post, held.person_id)
        known = next((p for p in self.people[member.school_id] if fold(p.name) == fold(name)), None)
        if not name or known is None:
            return Signature(member.pk, name, post)
        return Signature(member.pk, name, post or known.post, known.pk)

    def clean_number(self) -> str:
        number = " ".join(self.cleaned_data["number"].removeprefix("№").split())
        others = Agreement.objects.filter(number=number, parent=self.instance.parent_id)
        others = others.filter(partnership=self.instance.partnership).exclude(pk=self.instance.pk)
        # The same form sent twice is no second agreement: the action sees to that.
        if number and self.instance.pk and others.exists():
            raise forms.ValidationError(self._taken)
        return number

    @property
    def _taken(self) -> str:
        if self.instance.parent_id:
            return "Соглашение с таким номером к этому договору уже записано."
        return "Договор с таким номером уже записан."

    def number_is_taken(self) -> None:
        """Say that another agreement has the number: the database told so."""
        self.add_error("number", self._taken)

    def clean_signed_on(self) -> date | None:
        day = _sensible(self.cleaned_data["signed_on"])
        if day and day > timezone.localdate():
            raise forms.ValidationError("Это будущая дата. Укажите её, когда документ подпишут.")
        parent = self.instance.parent
        if day and parent and parent.signed_on and day < parent.signed_on:
            raise forms.ValidationError("Соглашение подписано раньше, чем сам договор.")
        return day

    def clean_valid_until(self) -> date | None:
        return _sensible(self.cleaned_data["valid_until"])

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data.get("upload")
        if upload is not None:
            uploads.checked(upload, uploads.SCAN)
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        until, parent = data.get("valid_until"), self.instance.parent
        signed = data.get("signed_on") or (parent.signed_on if parent else None)
        if until and signed and until < signed:
            self.add_error("valid_until", "Договор заканчивается раньше, чем заключён.")
        for member in self.members:
            if data.get(f"post_{member.pk}") and not data.get(f"name_{member.pk}"):
                self.add_error(
                    f"name_{member.pk}", "Напишите, кто подписал, или уберите должность."
                )
        if self.errors and self.files.get("upload") and "upload" not in self.errors:
            self.add_error("upload", "Выберите файл ещё раз: вместе с ошибками он не сохраняется.")
        return data

    def both(self, current: Agreement) -> list[tuple[str, str, str]]:
        """What differs from the agreement as it is now: label, as written, as recorded."""
        names = [name for name in self._meta.fields or () if name in self.fields]
        rows = [
            (
                str(self[name].label),
                worded(Agreement, name, self.cleaned_data[name]),
                worded(Agreement, name, getattr(current, name)),
            )
            for name in names
        ]
        signed = {row.member_id: row for row in current.signatories.all()}
        for mine in self.signatures():
            row = signed.get(mine.member)
            theirs = Signature(mine.member, row.name, row.post) if row else ""
            label = str(self[f"name_{mine.member}"].label)
            rows.append((label, str(mine), str(theirs)))
        scan = current.scan.original_name if current.scan else ""
        if self.cleaned_data.get("upload"):
            rows.append(("Скан", "файл нужно будет выбрать ещё раз", scan))
        return [row for row in rows if row[1] != row[2]]


def _sensible(day: date | None) -> date | None:
    try:
        refuse_odd_year(day)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from None
    return day


def _in_order(members: Any) -> list[PartnershipMember]:
    return sorted(members, key=lambda one: (_ORDER[one.role], one.school.sort_key))


def _people_of(
    municipality: int, members: list[PartnershipMember]
) -> defaultdict[int, list[Membership]]:
    """People of the schools today, heads first: one query. A foreign school keeps its people to
    itself (decision 6)."""
    own = [one.school_id for one in members if one.school.municipality_id == municipality]
    found: defaultdict[int, list[Membership]] = defaultdict(list)
    people = Membership.objects.active(timezone.localdate()).filter(school__in=own)
    for person in sorted(people, key=lambda one: (not is_head_post(one.post), one.name)):
        if person.school_id and person.name not in {one.name for one in found[person.school_id]}:
            found[person.school_id].append(person)
    return found
