"""Who may come in, and who looks after the installation."""

from collections.abc import Collection

from django.conf import settings

from accounts.models import Invitation, User
from accounts.roles import Permission
from common.russian import numeric_date
from common.verdicts import Allowed, Denied, Verdict

ASK_AGAIN = "Попросите того, кто вас пригласил, прислать приглашение ещё раз."


def may_sign_in(user: User) -> Verdict:
    """Whether the account is open now. The password is somebody else's question."""
    if not user.is_active:
        return Denied("Вход для этой учётной записи закрыт. Обратитесь к методисту.")
    if user.is_demo and not (settings.DEMO or settings.DEBUG):
        return Denied(
            "Это демонстрационная учётная запись: её пароль знают все, поэтому в рабочем "
            "портале она не открывается. Попросите методиста пригласить вас."
        )
    return Allowed()


def can_accept(invitation: Invitation | None) -> Verdict:
    """Whether the link still sets a first password; the reason says what to do instead."""
    if invitation is None:
        return Denied(
            "Такого приглашения нет. Скопируйте ссылку из письма целиком; если это не поможет, "
            "попросите прислать новое."
        )
    if invitation.used_at or invitation.user.has_usable_password():
        return Denied(
            "Приглашение уже использовано. Войдите с почтой и паролем; если пароль забыт, "
            "задайте новый на странице входа."
        )
    if invitation.revoked_at or not invitation.user.is_active:
        return Denied(
            f"Приглашение отозвано или заменено новым. Откройте последнее письмо. {ASK_AGAIN}"
        )
    if not invitation.is_open:
        ended = numeric_date(invitation.expires_at.date())
        return Denied(f"Срок приглашения истёк {ended}. {ASK_AGAIN}")
    return Allowed()


def can_read_outbox(permissions: Collection[Permission]) -> Verdict:
    """Letters carry links that open accounts."""
    if Permission.MANAGE_SYSTEM in permissions:
        return Allowed()
    return Denied("Исходящие письма видит администратор.")
