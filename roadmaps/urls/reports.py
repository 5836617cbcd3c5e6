"""Addresses of the reports of schools and of the methodists' queue."""

from django.urls import URLPattern, path

from roadmaps.views import events, exports, mine, photo, queue, report

urlpatterns: list[URLPattern] = [
    path("mine/", mine.mine, name="mine"),
    path("events/", events.event_list, name="events"),
    path("events/export/", exports.events_export, name="events-export"),
    path("queue/", queue.queue, name="queue"),
    path("queue/export/", exports.queue_export, name="queue-export"),
    path(
        "occurrences/<int:occurrence>/reports/<int:school>/",
        report.report_edit,
        name="report-edit",
    ),
    path("occurrences/<int:pk>/review/", queue.review, name="review"),
    path("reports/<int:pk>/", report.report_detail, name="report-detail"),
    path("reports/<int:pk>/recall/", report.report_recall, name="report-recall"),
    path("reports/<int:pk>/take/", queue.report_take, name="report-take"),
    path("reports/<int:pk>/confirm/", queue.report_confirm, name="report-confirm"),
    path("reports/<int:pk>/return/", queue.report_return, name="report-return"),
    path("reports/<int:pk>/reopen/", queue.report_reopen, name="report-reopen"),
    path("photos/<int:pk>/", photo.photo, name="photo"),
    path("photos/<int:pk>/delete/", photo.photo_delete, name="photo-delete"),
]
