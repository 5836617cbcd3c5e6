from django.urls import path

from partnerships.views import cards, forms

urlpatterns = [
    path("create/", forms.partnership_create, name="create"),
    path("<int:pk>/", cards.partnership_detail, name="detail"),
    path("<int:pk>/edit/", forms.partnership_edit, name="edit"),
]
