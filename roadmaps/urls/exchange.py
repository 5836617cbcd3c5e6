"""From and to Word and Excel."""

from django.urls import URLPattern, path

from roadmaps.views import draft, exchange

urlpatterns: list[URLPattern] = [
    path("<int:pk>/exchange/", exchange.exchange, name="exchange"),
    path("<int:pk>/export/docx/", exchange.export_docx, name="export-docx"),
    path("<int:pk>/export/xlsx/", exchange.export_xlsx, name="export-xlsx"),
    path("drafts/<int:pk>/", draft.draft_detail, name="draft"),
    path("drafts/<int:pk>/columns/", draft.draft_columns, name="draft-columns"),
    path("drafts/<int:pk>/discard/", draft.draft_discard, name="draft-discard"),
]
