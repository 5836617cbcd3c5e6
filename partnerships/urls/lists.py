from django.urls import path

from partnerships.views import lists, unpaired

urlpatterns = [
    path("", lists.partnership_list, name="list"),
    path("export/", lists.partnership_export, name="export"),
    path("columns/", lists.columns_choose, name="columns"),
    path("unpaired/", unpaired.unpaired_list, name="unpaired"),
    path("export/unpaired/", unpaired.unpaired_export, name="unpaired-export"),
]
