"""Kinds and sections of documents."""

from django.db import models


class DocumentKind(models.TextChoices):
    """Kinds of documents; more come with the issue on documents."""

    NETWORK = "network", "Информационная справка о сетевом взаимодействии управленческих команд"
    AGREEMENT = "agreement", "Проект договора о сотрудничестве"


#: Ordered on the page of справки; the others on the cards of what they are about.
OF_A_MUNICIPALITY = [(kind.value, kind.label) for kind in (DocumentKind.NETWORK,)]


class NetworkSection(models.TextChoices):
    """Sections of the information справка in the order of seed 001 (facts, section 5)."""

    GENERAL = "general", "Общие положения и основание"
    AIM = "aim", "Цель, поводы и ключевые задачи"
    EXPERIENCE = "experience", "Опыт проекта «500+» и кураторы"
    CLUSTERS = "clusters", "Кластеризация образовательных организаций"
    RISKS = "risks", "Рисковые профили школ"
    PARTNERSHIPS = "partnerships", "Партнёрства и темы, договоры"
    ROADMAPS = "roadmaps", "Дорожные карты и проведённые мероприятия"
    INDICATORS = "indicators", "Показатели"
    CONCLUSIONS = "conclusions", "Выводы"
