from django.urls import path

from schools.views import clusters, features, infrastructure, profiles, risks

urlpatterns = [
    path("clusters/", clusters.clusters, name="clusters"),
    path("clusters/table/", clusters.clusters_export, name="clusters-export"),
    path("<int:pk>/risks/", risks.risks, name="risks"),
    path("<int:pk>/profiles/new/", profiles.profile_create, name="profile-create"),
    path("<int:pk>/profiles/compare/", risks.profile_compare, name="profile-compare"),
    path("<int:pk>/profiles/<int:year>/", profiles.profile_edit, name="profile-edit"),
    path("<int:pk>/profiles/<int:year>/copy/", profiles.profile_copy, name="profile-copy"),
    path("<int:pk>/profiles/<int:year>/delete/", profiles.profile_delete, name="profile-delete"),
    path(
        "<int:pk>/profiles/<int:year>/overcome/<int:factor>/",
        profiles.profile_overcome,
        name="profile-overcome",
    ),
    path(
        "<int:pk>/infrastructure/<int:year>/",
        infrastructure.infrastructure_edit,
        name="infrastructure-edit",
    ),
    path("<int:pk>/features/", features.features_edit, name="features-edit"),
]
