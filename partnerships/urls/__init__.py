"""Pages of the partnerships app, one module a section; `moves` takes any last word: it is last."""

from partnerships.urls import (
    about,
    agreements,
    cards,
    concerns,
    curators,
    history,
    leads,
    lists,
    matching,
    materials,
    moves,
    network,
    obligations,
    runs,
    teams,
    visits,
)

app_name = "partnerships"

urlpatterns = [
    *lists.urlpatterns,
    *about.urlpatterns,
    *cards.urlpatterns,
    *agreements.urlpatterns,
    *obligations.urlpatterns,
    *curators.urlpatterns,
    *visits.urlpatterns,
    *concerns.urlpatterns,
    *materials.urlpatterns,
    *teams.urlpatterns,
    *leads.urlpatterns,
    *matching.urlpatterns,
    *runs.urlpatterns,
    *network.urlpatterns,
    *history.urlpatterns,
    *moves.urlpatterns,
]
