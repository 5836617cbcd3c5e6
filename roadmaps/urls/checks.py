"""«Проверка плана» and the school calendar."""

from django.urls import URLPattern, path

from roadmaps.views import plan_check, school_calendar

urlpatterns: list[URLPattern] = [
    path("<int:pk>/check/", plan_check.plan_check, name="check"),
    path("school-calendar/", school_calendar.calendar, name="school-calendar"),
    path("school-calendar/add/", school_calendar.span_add, name="school-calendar-add"),
    path("school-calendar/copy/", school_calendar.copy, name="school-calendar-copy"),
    path("school-calendar/<int:pk>/", school_calendar.span_edit, name="school-calendar-edit"),
    path(
        "school-calendar/<int:pk>/delete/",
        school_calendar.span_delete,
        name="school-calendar-delete",
    ),
]
