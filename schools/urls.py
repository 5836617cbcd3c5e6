from django.urls import path

from schools import people_views, views

app_name = "schools"

urlpatterns = [
    path("", views.school_list, name="list"),
    path("<int:pk>/", views.school_detail, name="detail"),
    path("<int:pk>/edit/", views.school_edit, name="edit"),
    path("people/", people_views.people, name="people"),
    path("people/invite/", people_views.person_invite, name="person-invite"),
    path("people/<int:pk>/end/", people_views.person_end, name="person-end"),
    path("people/<int:pk>/invitation/", people_views.invitation_resend, name="invitation-resend"),
    path("switch/", people_views.switch, name="switch"),
]
