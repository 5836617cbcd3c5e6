"""Who may do what: the whole of it on one page.

A role is a set of permissions with a Russian description; the same texts are shown in the
interface and in `docs/access.md`. Where a person holds a role is said by `schools.Membership`.
«Лидер» and «целевая» are roles of a school in a partnership and have no place here (R071).
"""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """A verb that somebody may do somewhere. The value is stable, the description is Russian."""

    SEE_NETWORK = "see_network"
    SEE_ALL_PARTNERSHIPS = "see_all_partnerships"
    SEE_ALL_RISKS = "see_all_risks"
    EDIT_NETWORK = "edit_network"
    EDIT_CATALOGUES = "edit_catalogues"
    EDIT_COMMON_CATALOGUES = "edit_common_catalogues"
    PROPOSE_CHANGES = "propose_changes"
    EDIT_ROADMAPS = "edit_roadmaps"
    DRAFT_ROADMAPS = "draft_roadmaps"
    APPROVE_ROADMAPS = "approve_roadmaps"
    REPORT_EVENTS = "report_events"
    REPORT_FOR_SCHOOLS = "report_for_schools"
    CONFIRM_REPORTS = "confirm_reports"
    LOG_VISITS = "log_visits"
    MAKE_DOCUMENTS = "make_documents"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_SYSTEM = "manage_system"

    @property
    def description(self) -> str:
        return DESCRIPTIONS[self]


DESCRIPTIONS: dict[Permission, str] = {
    Permission.SEE_NETWORK: "видит карточки всех школ муниципалитета",
    Permission.SEE_ALL_PARTNERSHIPS: "видит все партнёрства, карты и отчёты муниципалитета",
    Permission.SEE_ALL_RISKS: "видит рисковые профили и показатели всех школ муниципалитета",
    Permission.EDIT_NETWORK: "ведёт карточки школ и партнёрств",
    Permission.EDIT_CATALOGUES: "ведёт справочники своего муниципалитета",
    Permission.EDIT_COMMON_CATALOGUES: "ведёт общие справочники установки",
    Permission.PROPOSE_CHANGES: "предлагает правки карточки своей школы, подаёт запросы команды",
    Permission.EDIT_ROADMAPS: "правит дорожные карты муниципалитета",
    Permission.DRAFT_ROADMAPS: "готовит строки черновика дорожной карты своей школы",
    Permission.APPROVE_ROADMAPS: "утверждает и завершает дорожные карты",
    Permission.REPORT_EVENTS: "отчитывается о мероприятиях своей школы",
    Permission.REPORT_FOR_SCHOOLS: "отчитывается за школу; подтверждает другой методист",
    Permission.CONFIRM_REPORTS: "подтверждает и возвращает отчёты школ",
    Permission.LOG_VISITS: "записывает посещения школ",
    Permission.MAKE_DOCUMENTS: "формирует и скачивает справки",
    Permission.MANAGE_PEOPLE: "приглашает людей и назначает им роли",
    Permission.MANAGE_SYSTEM: "следит за работой установки: почта, очередь, каталог элементов",
}


class Role(models.TextChoices):
    CHAIR = "chair", "Председатель комитета"
    METHODIST = "methodist", "Методист"
    DIRECTOR = "director", "Директор школы"
    COORDINATOR = "coordinator", "Школьный координатор"
    CURATOR = "curator", "Куратор"
    ADMINISTRATOR = "administrator", "Администратор"


#: Roles that answer for a whole school: its reports, its drafts, letters to it.
STAFF_ROLES = frozenset({Role.DIRECTOR, Role.COORDINATOR})
#: Roles held in a school; the others are held in a municipality or in the installation.
SCHOOL_ROLES = STAFF_ROLES | {Role.CURATOR}

_SCHOOL_STAFF = frozenset(
    {Permission.SEE_NETWORK, Permission.DRAFT_ROADMAPS, Permission.REPORT_EVENTS}
)

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.CHAIR: frozenset(
        {
            Permission.SEE_NETWORK,
            Permission.SEE_ALL_PARTNERSHIPS,
            Permission.SEE_ALL_RISKS,
            Permission.APPROVE_ROADMAPS,
            Permission.MAKE_DOCUMENTS,
        }
    ),
    Role.METHODIST: frozenset(
        {
            Permission.SEE_NETWORK,
            Permission.SEE_ALL_PARTNERSHIPS,
            Permission.SEE_ALL_RISKS,
            Permission.EDIT_NETWORK,
            Permission.EDIT_CATALOGUES,
            Permission.EDIT_ROADMAPS,
            Permission.APPROVE_ROADMAPS,
            Permission.REPORT_FOR_SCHOOLS,
            Permission.CONFIRM_REPORTS,
            Permission.LOG_VISITS,
            Permission.MAKE_DOCUMENTS,
            Permission.MANAGE_PEOPLE,
        }
    ),
    Role.DIRECTOR: _SCHOOL_STAFF | {Permission.PROPOSE_CHANGES},
    Role.COORDINATOR: _SCHOOL_STAFF | {Permission.PROPOSE_CHANGES},
    Role.CURATOR: _SCHOOL_STAFF | {Permission.LOG_VISITS},
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_PEOPLE,
            Permission.MANAGE_SYSTEM,
            Permission.EDIT_COMMON_CATALOGUES,
        }
    ),
}

ROLE_DESCRIPTIONS: dict[str, str] = {
    Role.CHAIR: "читает всё по муниципалитету, утверждает дорожные карты, формирует справки",
    Role.METHODIST: "ведёт сеть: школы, справочники, партнёрства, карты, отчёты, справки",
    Role.DIRECTOR: "отвечает за свою школу: отчёты о мероприятиях, черновики дорожных карт",
    Role.COORDINATOR: "помогает директору: то же, что директор, в своей школе",
    Role.CURATOR: "ведёт назначенные пары: отчёты, черновики, посещения целевой школы",
    Role.ADMINISTRATOR: "люди, общие справочники и работа установки; рабочих данных не видит",
}
