"""Pages of the schools app, one module a section. The order matters nowhere: no two overlap."""

from schools.urls import (
    cards,
    catalogues,
    listing,
    papers,
    people,
    profiles,
    sharing,
    workbooks,
)

app_name = "schools"

urlpatterns = [
    *listing.urlpatterns,
    *cards.urlpatterns,
    *profiles.urlpatterns,
    *people.urlpatterns,
    *papers.urlpatterns,
    *sharing.urlpatterns,
    *workbooks.urlpatterns,
    *catalogues.urlpatterns,
]
