"""Invitations for people who came by a workbook: row by row, so that one letter that fails
stops no other."""

import logging

from django.db import DatabaseError
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.russian import grouped
from schools.actions.people import give_role
from schools.models import Membership
from schools.rules import people as rules

log = logging.getLogger("portal.imports")


def invite_people(ids: list[int], by: int, site: str) -> None:
    """Open the way in for posts with a role and mail and without an account; safe to run twice.

    Who was passed over stays «нет входа» on the page of people and can be invited there.
    """
    inviter = User.objects.filter(pk=by, is_active=True).first()
    waiting = Membership.objects.filter(pk__in=ids, user=None).exclude(role="").exclude(email="")
    rows = list(waiting.select_related("school", "municipality"))
    if inviter is None or not rows:
        log.info("Nobody to invite, or nobody to do it")
        return
    done = sum(_invite(row, inviter, site) for row in rows)
    left = len(rows) - done
    told = f"; не получилось: {grouped(left)}, пригласите их здесь" if left else ""
    text = f"Открыт вход людям из таблицы: {grouped(done)}{told}"
    notify(recipients=[inviter], text=text, url_name="schools:people")


def _invite(row: Membership, by: User, site: str) -> bool:
    if row.is_over(timezone.localdate()) or not rules.can_change(by, row):
        return False
    try:
        give_role(row=row, by=by, site=site)
    except DatabaseError:
        log.exception("Post %s could not be invited", row.pk)
        return False
    return True
