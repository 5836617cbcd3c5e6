from django.urls import path

from schools.views import workbooks

urlpatterns = [
    path("imports/", workbooks.imports, name="imports"),
    path("imports/new/", workbooks.import_start, name="import-start"),
    path("imports/template/", workbooks.import_template, name="import-template"),
    path("imports/<int:pk>/", workbooks.workbook, name="import"),
    path("imports/<int:pk>/marked/", workbooks.import_marked, name="import-marked"),
    path("imports/<int:pk>/confirm/", workbooks.import_confirm, name="import-confirm"),
    path("imports/<int:pk>/discard/", workbooks.import_discard, name="import-discard"),
    path("imports/<int:pk>/retry/", workbooks.import_retry, name="import-retry"),
]
