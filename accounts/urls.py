from django.urls import path

from accounts.views import notices, outbox, passwords, person, sign_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("password/reset/", passwords.password_reset, name="password-reset"),
    path("password/reset/sent/", passwords.password_reset_sent, name="password-reset-sent"),
    path(
        "password/reset/<uidb64>/<token>/",
        passwords.password_reset_confirm,
        name="password-reset-confirm",
    ),
    path("password/reset/done/", passwords.password_reset_done, name="password-reset-done"),
    path("password/change/", passwords.password_change, name="password-change"),
    path("invitation/<token>/", passwords.invitation, name="invitation"),
    path("profile/", person.profile, name="profile"),
    path("roles/", person.roles, name="roles"),
    path("view/", person.view_settings, name="view-settings"),
    path("notifications/", notices.notifications, name="notifications"),
    path("notifications/read/", notices.notifications_read, name="notifications-read"),
    path("notifications/<int:pk>/open/", notices.notification_open, name="notification-open"),
    path("outbox/", outbox.outbox_list, name="outbox"),
    path("outbox/<slug:name>/", outbox.outbox_message, name="outbox-message"),
]
