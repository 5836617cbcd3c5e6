"""People for tests."""

import factory

from accounts.models import Notification, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@portal.example")
    name = factory.Sequence(lambda n: f"Иванова Мария {'АБВГДЕЖЗИК'[n % 10]}лексеевна")
    password = factory.django.Password("Крепкий-пароль-1")


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    recipient = factory.SubFactory(UserFactory)
    text = "Отчёт подтверждён"
