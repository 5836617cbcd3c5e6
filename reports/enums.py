"""Kinds and sections of documents."""

from django.db import models


class DocumentKind(models.TextChoices):
    """Kinds of справка; more come with the issue on documents."""

    NETWORK = "network", "Информационная справка о сетевом взаимодействии управленческих команд"


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
