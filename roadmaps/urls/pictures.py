"""Time line, calendar of the municipality, private feeds, print."""

from django.urls import URLPattern, path

from roadmaps.views import calendar, feeds, paper, timeline

urlpatterns: list[URLPattern] = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/link/", feeds.feeds, name="feeds"),
    path("calendar/<slug:token>.ics", feeds.feed, name="feed"),
    path("<int:pk>/timeline/", timeline.timeline, name="timeline"),
    path("<int:pk>/print/", paper.paper, name="print"),
]
