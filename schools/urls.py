from django.urls import path

from schools.views import people, school

app_name = "schools"

urlpatterns = [
    path("", school.school_list, name="list"),
    path("<int:pk>/", school.school_detail, name="detail"),
    path("<int:pk>/edit/", school.school_edit, name="edit"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.person_invite, name="person-invite"),
    path("people/<int:pk>/end/", people.person_end, name="person-end"),
    path("people/<int:pk>/invitation/", people.invitation_resend, name="invitation-resend"),
    path("switch/", people.switch, name="switch"),
]
