"""Ready plans, other roadmaps, the bank of practices, the algorithm of networking."""

from django.urls import URLPattern, path

from roadmaps.views import (
    algorithm,
    plan_template_rows,
    plan_templates,
    practice_insert,
    practices,
    taking,
)

urlpatterns: list[URLPattern] = [
    path("templates/", plan_templates.template_list, name="templates"),
    path("templates/add/", plan_templates.template_add, name="template-add"),
    path("templates/<int:pk>/", plan_templates.template, name="template"),
    path("templates/<int:pk>/edit/", plan_templates.template_edit, name="template-edit"),
    path("templates/<int:pk>/copy/", plan_templates.template_copy, name="template-copy"),
    path("templates/<int:pk>/retire/", plan_templates.template_retire, name="template-retire"),
    path("templates/<int:pk>/restore/", plan_templates.template_restore, name="template-restore"),
    path(
        "templates/<int:pk>/stages/<int:stage>/add/",
        plan_template_rows.row_add,
        name="template-row-add",
    ),
    path("template-rows/<int:pk>/", plan_template_rows.row_edit, name="template-row-edit"),
    path("template-rows/<int:pk>/move/", plan_template_rows.row_move, name="template-row-move"),
    path(
        "template-rows/<int:pk>/remove/", plan_template_rows.row_remove, name="template-row-remove"
    ),
    path("practices/", practices.practice_list, name="practices"),
    path("practices/export/", practices.practice_export, name="practices-export"),
    path("practices/<int:pk>/", practices.practice, name="practice"),
    path("practices/<int:pk>/edit/", practices.practice_edit, name="practice-edit"),
    path("practices/<int:pk>/retire/", practices.practice_retire, name="practice-retire"),
    path("practices/<int:pk>/restore/", practices.practice_restore, name="practice-restore"),
    path("practices/<int:pk>/insert/", practice_insert.practice_insert, name="practice-insert"),
    path("occurrences/<int:pk>/practice/", practices.practice_add, name="practice-add"),
    path("<int:pk>/as-template/", plan_templates.as_template, name="as-template"),
    path("<int:pk>/from/templates/", taking.from_templates, name="from-templates"),
    path("<int:pk>/from/templates/<int:template>/", taking.from_template, name="from-template"),
    path("<int:pk>/from/roadmaps/", taking.from_roadmaps, name="from-roadmaps"),
    path("<int:pk>/from/roadmaps/<int:source>/", taking.from_roadmap, name="from-roadmap"),
    path("<int:pk>/from/practices/", taking.from_practices, name="from-practices"),
    path("<int:pk>/algorithm/", algorithm.algorithm, name="algorithm"),
]
