"""The service section: Django's admin, for the administrator's superuser account only.

It has no sign-in form of its own: the portal's has the lock-out, the demo rule and the rest.
"""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

REDIRECT_FIELD = "next"


class ServiceSite(AdminSite):
    site_header = "Служебный раздел портала"
    site_title = "Служебный раздел"
    index_title = "Справочники и записи"
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Strangers sign in at the portal's door; everybody else is refused with a reason."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("Служебный раздел открыт администратору.")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD, "/service/"))
