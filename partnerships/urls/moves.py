from django.urls import path

from partnerships.views import moves as views

urlpatterns = [
    path("<int:pk>/<slug:verb>/", views.partnership_move, name="move"),
]
