from django.urls import path

from partnerships.views import matching as views
from partnerships.views import pair_rules

urlpatterns = [
    path("candidates/<int:pk>/", views.candidate_list, name="candidates"),
    path("candidates/<int:pk>/export/", views.candidates_export, name="candidates-export"),
    path("candidates/<int:pk>/decide/<int:lead>/", views.pair_decide, name="pair-decide"),
    path("pair-rules/", pair_rules.pair_rule_list, name="pair-rules-list"),
    path("pair-rules/export/", pair_rules.pair_rules_export, name="pair-rules-export"),
    path("pair-rules/<int:pk>/remove/", pair_rules.pair_rule_remove, name="pair-rule-remove"),
]
