from django.urls import path

from partnerships.views import agreement_lists, agreement_texts, agreements

_OF = "<int:pk>/agreements"

urlpatterns = [
    path("agreements/", agreement_lists.agreement_list, name="agreement-list"),
    path("agreements/export/", agreement_lists.agreement_export, name="agreement-export"),
    path("agreements/samples/", agreement_texts.agreement_samples, name="agreement-samples"),
    path("agreements/samples/<int:pk>/", agreement_texts.agreement_sample, name="agreement-sample"),
    path(
        "agreements/samples/<int:pk>/copy/",
        agreement_texts.agreement_sample_copy,
        name="agreement-sample-copy",
    ),
    path("agreements/<int:pk>/edit/", agreements.agreement_edit, name="agreement-edit"),
    path("agreements/<int:pk>/delete/", agreements.agreement_delete, name="agreement-delete"),
    path(
        "agreements/<int:pk>/supplement/",
        agreements.agreement_supplement,
        name="agreement-supplement",
    ),
    path("agreements/<int:pk>/scan/", agreements.agreement_scan, name="agreement-scan"),
    path(f"{_OF}/", agreements.agreements, name="agreements"),
    path(f"{_OF}/add/", agreements.agreement_add, name="agreement-add"),
    path(f"{_OF}/draft/<int:template>/", agreement_texts.agreement_draft, name="agreement-draft"),
    path(
        f"{_OF}/draft/<int:template>/docx/",
        agreement_texts.agreement_docx_file,
        name="agreement-docx",
    ),
]
