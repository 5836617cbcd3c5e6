from django.urls import path

from schools.views import people, school_people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/export/", people.people_export, name="people-export"),
    path("people/invite/", people.person_invite, name="person-invite"),
    path("people/<int:pk>/", people.person_edit, name="person-edit"),
    path("people/<int:pk>/end/", people.person_end, name="person-end"),
    path("people/<int:pk>/invitation/", people.invitation_resend, name="invitation-resend"),
    path("people/<int:pk>/contact/", school_people.contact_edit, name="contact-edit"),
    path("people/<int:pk>/contact/end/", school_people.contact_end, name="contact-end"),
    path("people/<int:pk>/team/", school_people.team_edit, name="team-edit"),
    path("people/<int:pk>/cancel/", school_people.post_cancel, name="post-cancel"),
    path("<int:pk>/people/", school_people.school_people, name="school-people"),
    path("<int:pk>/people/add/", school_people.contact_add, name="contact-add"),
    path("<int:pk>/director/", school_people.director_change, name="director-change"),
    path("switch/", people.switch, name="switch"),
]
