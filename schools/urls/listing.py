from django.urls import path

from schools.views import categories, listing

urlpatterns = [
    path("", listing.school_list, name="list"),
    path("export/", listing.school_export, name="export"),
    path("columns/", listing.columns_choose, name="columns"),
    path("<int:pk>/watch/", listing.watch, name="watch"),
    path("categories/set/", categories.categories_set, name="categories-set"),
    path("categories/set/done/", categories.categories_done, name="categories-done"),
    path("categories/set/undo/", categories.categories_undo, name="categories-undo"),
    path("categories/end/", categories.categories_end, name="categories-end"),
    path("<int:pk>/categories/", categories.categories_history, name="categories"),
    path("categories/<int:pk>/end/", categories.category_end, name="category-end"),
    path("categories/<int:pk>/delete/", categories.category_delete, name="category-delete"),
    path("bases/<int:pk>/file/", categories.basis_file, name="basis-file"),
]
