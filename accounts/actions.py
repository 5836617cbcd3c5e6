"""Verbs over accounts and invitations. Who may do them is judged by the callers."""

from collections.abc import Iterable, Sequence

from accounts.models import Notification, User


def notify(
    *,
    recipients: Iterable[User],
    text: str,
    url_name: str = "",
    url_args: Sequence[int | str] = (),
) -> None:
    """Tell each active person once, in one statement.

    The page is stored as a URL name with arguments: access is judged when it is opened.
    """
    people = {user.pk: user for user in recipients if user.is_active}
    limit = Notification._meta.get_field("text").max_length
    Notification.objects.bulk_create(
        Notification(
            recipient=user,
            text=text if len(text) <= limit else f"{text[: limit - 1]}…",
            url_name=url_name,
            url_args=list(url_args),
        )
        for user in people.values()
    )
