"""Named sets of the schools app."""

from django.db import models


class SchoolKind(models.TextChoices):
    """What the name begins with. The type by law is `OrgType` (quirk 24)."""

    NOSH = "nosh", "НОШ"
    OOSH = "oosh", "ООШ"
    SOSH = "sosh", "СОШ"
    OSOSH = "ososh", "О(С)ОШ"
    SSH = "ssh", "СШ"
    GYMNASIUM = "gymnasium", "Гимназия"
    LYCEUM = "lyceum", "Лицей"
    BOARDING = "boarding", "Школа-интернат"
    BRANCH = "branch", "филиал"
    OTHER = "other", "иная организация"


class OrgType(models.TextChoices):
    """Type of organisation by law; school and gymnasium are one type (quirk 24)."""

    GENERAL = "general", "общеобразовательная организация"
    PRESCHOOL = "preschool", "дошкольная организация"
    EXTRA = "extra", "организация дополнительного образования"
    VOCATIONAL = "vocational", "профессиональная образовательная организация"
    HIGHER = "higher", "организация высшего образования"
    ENTERPRISE = "enterprise", "предприятие"
    PUBLIC = "public", "общественная организация"
    ASSOCIATION = "association", "методическое объединение"
    OTHER = "other", "иная организация"


class Locality(models.TextChoices):
    URBAN = "urban", "городская"
    RURAL = "rural", "сельская"


class CategoryCode(models.TextChoices):
    """Categories that rules refer to; the catalogue may hold more."""

    LOW_RESULTS = "low_results", "ШНОР"
    ADVERSE_CONTEXT = "adverse_context", "ШНСУ"
    LOW_OR_ADVERSE = "low_or_adverse", "ШНОР и ШНСУ"
    AT_RISK = "at_risk", "зона риска снижения образовательных результатов"
    RESILIENT = "resilient", "эффективная (резильентная) школа"


#: Categories whose schools need a partner (R049).
CATEGORIES_IN_NEED = (
    CategoryCode.LOW_RESULTS,
    CategoryCode.ADVERSE_CONTEXT,
    CategoryCode.LOW_OR_ADVERSE,
    CategoryCode.AT_RISK,
)


class FactorGroup(models.TextChoices):
    RESOURCES = "resources", "ресурсы"
    STAFF = "staff", "кадры"
    TEACHING = "teaching", "обучение"
    PUPILS = "pupils", "обучающиеся"
    ENVIRONMENT = "environment", "среда"
    FAMILY = "family", "семья"


class Deficit(models.TextChoices):
    """What a factor is a lack of (R036)."""

    RESOURCE = "resource", "ресурсный"
    EDUCATIONAL = "educational", "образовательный"


class Significance(models.TextChoices):
    """Severity of a factor. «Не выявлен» is a finding, «не указана» is a missing one."""

    HIGH = "high", "высокая"
    MID = "mid", "средняя"
    LOW = "low", "низкая"
    NONE = "none", "не выявлен"
    UNSET = "unset", "не указана"


class ProfileSource(models.TextChoices):
    SURVEY = "survey", "анкетирование РПШ"
    TEAM_REQUEST = "team_request", "запрос управленческой команды"
    COMMITTEE = "committee", "решение комитета"
    NEEDS = "needs", "диагностика потребностей, мотивов и готовности"
    UNSET = "unset", "не указан"


class BasisKind(models.TextChoices):
    ORDER = "order", "приказ"
    LIST = "list", "перечень"
    PROTOCOL = "protocol", "протокол"
    BRIEFING = "briefing", "справка"
    OTHER = "other", "иной документ"


class PaperKind(models.TextChoices):
    """Papers that a school writes (R017; `facts.md` 1.2)."""

    TRANSITION = "transition", "Программа перехода в эффективный режим развития"
    CONCEPT = "concept", "Концепция развития"
    MEDIUM_TERM = "medium_term", "Среднесрочная программа развития"
    ANTI_RISK = "anti_risk", "Антирисковая программа"
    SELF_DIAGNOSIS = "self_diagnosis", "Самодиагностика"
    OTHER = "other", "Иной документ"


class ResourceKind(models.TextChoices):
    """Resources that members of the network join (R110)."""

    STAFF = "staff", "кадровые"
    METHODICAL = "methodical", "программно-методические"
    INFORMATION = "information", "информационные"
    MATERIAL = "material", "материально-технические"


class ResourceSide(models.TextChoices):
    OFFERS = "offers", "предлагает"
    NEEDS = "needs", "нуждается"


class MentorRole(models.TextChoices):
    """What a teacher of a hub school becomes (R136, R143)."""

    MENTOR = "mentor", "наставник"
    TUTOR = "tutor", "тьютор"
    GROUP_LEADER = "group_leader", "руководитель творческой группы"
    EXPERT = "expert", "эксперт"


class ProposalState(models.TextChoices):
    SENT = "sent", "На рассмотрении"
    ACCEPTED = "accepted", "Принято"
    REFUSED = "refused", "Отклонено"
    WITHDRAWN = "withdrawn", "Отозвано"


#: Verbs of a proposed change of a card: from → to.
PROPOSAL_TRANSITIONS = {
    "accept": (ProposalState.SENT, ProposalState.ACCEPTED),
    "refuse": (ProposalState.SENT, ProposalState.REFUSED),
    "withdraw": (ProposalState.SENT, ProposalState.WITHDRAWN),
}


class ChangeArea(models.TextChoices):
    """Part of a card that a change belongs to; «История» filters by it."""

    CARD = "card", "карточка"
    CATEGORIES = "categories", "категории"
    INFRASTRUCTURE = "infrastructure", "инфраструктура"
    RISKS = "risks", "рисковый профиль"
    PEOPLE = "people", "люди"
    PAPERS = "papers", "документы и запросы"
    SHARING = "sharing", "опыт и ресурсы"


#: Areas that only those see who see the risks of the school (decision 6).
RISK_AREAS = frozenset({ChangeArea.RISKS, ChangeArea.PAPERS})


class ImportKind(models.TextChoices):
    """What a workbook holds."""

    SCHOOLS = "schools", "школы и организации"
    PROFILES = "profiles", "рисковые профили"
    CATEGORIES = "categories", "категории школ"
    PEOPLE = "people", "люди"


class ImportPhase(models.TextChoices):
    """An import is one job that runs twice: to compare, then, once confirmed, to write."""

    CHECK = "check", "сверка"
    APPLY = "apply", "запись"


class RowOutcome(models.TextChoices):
    NEW = "new", "новая"
    CHANGED = "changed", "изменится"
    SAME = "same", "без изменений"
    ERROR = "error", "ошибка"


class AccountState(models.TextChoices):
    """A person's way into the portal, as the list of people shows it."""

    NONE = "none", "нет входа"
    INVITED = "invited", "приглашён"
    EXPIRED = "expired", "приглашение не действует"
    ACTIVE = "active", "входит"
    CLOSED = "closed", "вход закрыт"
