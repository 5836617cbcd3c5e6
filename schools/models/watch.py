"""A person's own list of schools to keep an eye on."""

from django.db import models

from accounts.models import User
from schools.models.school import School


class Watch(models.Model):
    """A school on a person's watchlist."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="watched", verbose_name="кто следит"
    )
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="watches", verbose_name="школа"
    )

    class Meta:
        verbose_name = "школа под наблюдением"
        verbose_name_plural = "школы под наблюдением"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school"],
                name="watch_once",
                violation_error_message="Школа уже в вашем списке",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.school}"
