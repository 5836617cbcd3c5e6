"""Signing in: by e-mail, with a lock after failures, without losing what was typed."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from accounts.carried import CarriedForm
from roadmaps.models import EventReport
from tests.accounts.factories import UserFactory
from tests.cast import Cast
from tests.roadmaps.factories import RowFactory
from tests.strict import StrictClient

PASSWORD = "Крепкий-пароль-1"
SIGN_IN = "/sign-in/"


@pytest.fixture
def person(db):
    return UserFactory(email="ivanova@portal.example")


def sign_in(client: StrictClient, email: str, password: str = PASSWORD, **fields: str):
    return client.post(SIGN_IN, {"username": email, "password": password, **fields})


def is_signed_in(client: StrictClient) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "typed", ["ivanova@portal.example", "  IVANOVA@Portal.Example ", "Ivanova@portal.example"]
)
def test_email_is_trimmed_and_its_case_does_not_matter(client, person, typed):
    response = sign_in(client, typed)

    assert response.status_code == 302
    assert response.url == reverse("home")
    assert is_signed_in(client)


def test_wrong_password_and_unknown_address_get_one_answer(client, person):
    wrong = sign_in(client, "ivanova@portal.example", "Не-тот-пароль-1").content.decode()
    unknown = sign_in(client, "nikogo@portal.example").content.decode()

    assert "Почта или пароль не подошли" in wrong
    assert "Почта или пароль не подошли" in unknown
    assert not is_signed_in(client)


def test_a_failure_keeps_nothing_of_the_form_that_was_carried(client, person):
    carried = CarriedForm("/schools/", [("outcome", "личное")]).pack()
    sign_in(client, person.email, "Не-тот-пароль-1", carried=carried)

    kept = AccessAttempt.objects.get().post_data
    assert carried not in kept
    assert "Не-тот-пароль-1" not in kept


def test_session_ends_with_the_browser_unless_asked(client, person):
    sign_in(client, person.email)
    assert client.session.get_expire_at_browser_close()

    client.logout()
    sign_in(client, person.email, remember="on")
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == timedelta(days=14).total_seconds()


def test_next_page_is_ours_or_nothing(client, person):
    assert sign_in(client, person.email, next="/roles/").url == "/roles/"
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        client.logout()
        assert sign_in(client, person.email, next=evil).url == reverse("home")


def test_lock_after_five_failures_tells_until_when(client, person, today):
    for _ in range(4):
        assert sign_in(client, person.email, "Не-тот-пароль-1").status_code == 200
    locked = sign_in(client, person.email, "Не-тот-пароль-1")
    today.shift(timedelta(minutes=5))
    still = sign_in(client, "IVANOVA@portal.example ")

    for response in (locked, still):
        assert response.status_code == 429
        page = response.content.decode()
        assert "Вход закрыт на время" in page
        assert "после 09:15 (24\N{NO-BREAK SPACE}ноября 2026\N{NO-BREAK SPACE}г.)" in page
    assert not is_signed_in(client)


def test_lock_ends_and_touches_nobody_else(client, person, today):
    other = UserFactory()
    for _ in range(5):
        sign_in(client, person.email, "Не-тот-пароль-1")

    assert sign_in(client, other.email).status_code == 302
    client.logout()
    today.shift(timedelta(minutes=16))
    assert sign_in(client, person.email).status_code == 302


def test_success_forgets_failures(client, person):
    for _ in range(2):
        for _ in range(4):
            sign_in(client, person.email, "Не-тот-пароль-1")
        assert sign_in(client, person.email).status_code == 302
        client.logout()


def test_closed_account_is_like_a_wrong_password(client, person):
    person.is_active = False
    person.save()

    assert "Почта или пароль не подошли" in sign_in(client, person.email).content.decode()


def test_demo_account_stays_in_the_demo(client, person, settings):
    person.is_demo = True
    person.save()

    refused = sign_in(client, person.email)
    assert "демонстрационная учётная запись" in refused.content.decode()
    assert not is_signed_in(client)
    settings.DEMO = True
    assert sign_in(client, person.email).status_code == 302
    # The server was started again without DEMO: the open session ends too.
    settings.DEMO = False
    shut_out = client.get("/")
    assert (shut_out.status_code, shut_out.url) == (302, "/sign-in/?next=/")
    assert not is_signed_in(client)


def test_demanded_change_of_password_comes_first(client, person):
    person.must_change_password = True
    person.save()
    sign_in(client, person.email)

    assert client.get("/profile/").url == reverse("accounts:password-change")
    assert "Сначала смените пароль" in client.get("/password/change/").content.decode()
    change = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert "нужен другой" in client.post("/password/change/", change).content.decode()
    change |= {"new_password1": "Совсем-иной-пароль-7", "new_password2": "Совсем-иной-пароль-7"}
    assert client.post("/password/change/", change).status_code == 302
    assert client.get("/profile/").status_code == 200


def test_signing_out_is_a_post(client, person):
    client.sign_in(person)

    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    assert client.post("/sign-out/").url == SIGN_IN
    assert not is_signed_in(client)


def test_name_with_html_is_text(client, db):
    client.sign_in(UserFactory(name="<script>alert(1)</script> Иван"))

    page = client.get("/profile/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Иван" in page


class Inputs(HTMLParser):
    """Names and values of the hidden and filled inputs of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("value") and values.get("type") != "checkbox":
            self.values[values["name"] or ""] = values["value"] or ""


def _carried_of(page: str) -> str:
    return page.partition('name="carried" value="')[2].partition('"')[0]


@pytest.fixture
def edit_url(cast: Cast) -> str:
    return reverse("schools:edit", args=[cast.target.pk])


def test_form_of_an_ended_session_is_carried_through_the_sign_in(client, cast, edit_url):
    typed = {"short_name": "СОШ №5 <b>", "address": "Строка 1\r\nСтрока 2", "list": ["а", "б"]}
    ended = client.post(edit_url, typed)
    assert ended.status_code == 401
    page = ended.content.decode()
    assert "Сеанс закончился." in page
    assert "Введённое не потеряно" in page
    assert "Файлы" not in page

    carried = _carried_of(page)
    wrong = sign_in(client, cast.methodist.email, "Не-тот-пароль-1", carried=carried)
    carried = _carried_of(wrong.content.decode())
    back = sign_in(client, cast.methodist.email, carried=carried).content.decode()
    assert f'<form action="{edit_url}" method="post">' in back
    assert '<input type="hidden" name="short_name" value="СОШ №5 &lt;b&gt;">' in back
    assert 'name="address" value="Строка 1\r\nСтрока 2"' in back
    assert back.count('name="list"') == 2
    assert "Продолжить отправку" in back
    assert client.post(edit_url, typed).status_code == 200


def test_report_written_while_the_session_ended_is_not_lost(client, cast):
    """The whole way: report form, sign-in page, one button, draft."""
    occurrence = RowFactory(roadmap=cast.roadmap).event.occurrences.get()
    url = reverse("roadmaps:report-edit", args=[occurrence.pk, cast.target.pk])
    client.sign_in(cast.director)
    page = Inputs(client.get(url).content.decode())
    client.logout()

    told = page.values | {"outcome": "Договорились\r\nо совместных уроках."}
    ended = client.post(url, told)
    carried = _carried_of(ended.content.decode())
    back = sign_in(client, cast.director.email, carried=carried).content.decode()
    assert client.post(url, Inputs(back).values).status_code == 302
    report = EventReport.objects.get(occurrence=occurrence, school=cast.target)
    assert report.outcome.splitlines() == ["Договорились", "о совместных уроках."]
    assert report.author == cast.director


def test_files_are_not_carried_and_it_is_said(client, cast, edit_url, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("x")
    with file.open("rb") as upload:
        page = client.post(edit_url, {"short_name": "а", "photo": upload}).content.decode()

    assert "Файлы придётся приложить ещё раз" in page
    back = sign_in(client, cast.methodist.email, carried=_carried_of(page)).content.decode()
    assert "Файлы не сохранились" in back


def test_passwords_are_never_carried(client, db):
    change = {"old_password": "Секрет-прежний-1", "new_password1": "x", "new_password2": "x"}
    page = client.post("/password/change/", change).content.decode()

    assert "Секрет-прежний-1" not in page
    assert _carried_of(page) == ""
    assert "Введённое на ней придётся повторить" in page
    assert 'name="next" value="/password/change/"' in page


def test_too_much_is_not_carried(client, cast, edit_url):
    page = client.post(edit_url, {"address": "я" * 300_001}).content.decode()

    assert _carried_of(page) == ""


def test_forged_carried_form_is_ignored(client, person, rf):
    request = rf.post("/schools/1/edit/", {"a": "b", "csrfmiddlewaretoken": "x"})
    packed = CarriedForm.of(request).pack()
    assert CarriedForm.unpack(packed).fields == [("a", "b")]

    assert CarriedForm.unpack(packed[:-1] + "x") is None
    assert sign_in(client, person.email, carried=packed[:-1] + "x").status_code == 302


def test_carried_form_grows_old(rf, today):
    packed = CarriedForm.of(rf.post("/x/", {"a": "b"})).pack()
    today.shift(timedelta(days=2))

    assert CarriedForm.unpack(packed) is None


def test_part_of_a_page_is_answered_by_the_whole_sign_in_page(client, cast, edit_url):
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/schools/?page=2"}

    post = client.post(edit_url, {"short_name": "а"}, headers=htmx)
    assert post.status_code == 200  # htmx swaps only successful answers in
    assert "Сеанс закончился" in post.content.decode()
    get = client.get("/schools/", headers=htmx)
    assert get.url == "/sign-in/?next=/schools/%3Fpage%3D2"


def test_csrf_guards_the_form_of_a_stranger(db):
    strict = StrictClient(enforce_csrf_checks=True)

    assert strict.post("/schools/1/edit/", {"a": "b"}).status_code == 403
