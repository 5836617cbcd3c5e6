from django.urls import path

from schools.views import proposals, school

urlpatterns = [
    path("new/", school.school_create, name="create"),
    path("<int:pk>/", school.school_detail, name="detail"),
    path("<int:pk>/edit/", school.school_edit, name="edit"),
    path("<int:pk>/close/", school.school_close, name="close"),
    path("<int:pk>/reopen/", school.school_reopen, name="reopen"),
    path("<int:pk>/history/", school.school_history, name="history"),
    path("<int:pk>/propose/", proposals.propose, name="propose"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/accept/", proposals.proposal_accept, name="proposal-accept"),
    path("proposals/<int:pk>/refuse/", proposals.proposal_refuse, name="proposal-refuse"),
    path("proposals/<int:pk>/withdraw/", proposals.proposal_withdraw, name="proposal-withdraw"),
]
