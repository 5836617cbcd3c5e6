"""Named sets of the schools app."""

from django.db import models


class SchoolKind(models.TextChoices):
    """What the name begins with. The type by law is `OrgType` (quirk 24)."""

    SOSH = "sosh", "СОШ"
    OOSH = "oosh", "ООШ"
    OSOSH = "ososh", "О(С)ОШ"
    SSH = "ssh", "СШ"
    GYMNASIUM = "gymnasium", "Гимназия"
    LYCEUM = "lyceum", "Лицей"
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
    OTHER = "other", "иная организация"


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


class AccountState(models.TextChoices):
    """A person's way into the portal, as the list of people shows it."""

    NONE = "none", "нет входа"
    INVITED = "invited", "приглашён"
    EXPIRED = "expired", "приглашение не действует"
    ACTIVE = "active", "входит"
    CLOSED = "closed", "вход закрыт"
