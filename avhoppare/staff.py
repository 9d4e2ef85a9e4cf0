"""The admin's site: nobody is in who has not shown both a password and a code from their phone."""

from django.contrib.admin import AdminSite
from django_otp.plugins.otp_totp.models import TOTPDevice


class StaffSite(AdminSite):
    """It stands outside guides.admin, whose modules register with it while it is being made."""

    def has_permission(self, request) -> bool:
        """Staff who have logged in with a second factor, and have a phone: one-time codes alone lead only to enrolment."""
        if not super().has_permission(request):
            return False
        device = getattr(request.user, "otp_device", None)
        return device is not None and (isinstance(device, TOTPDevice) or has_phone(request.user))


def has_phone(user) -> bool:
    """Whether a person's codes come from an app that has proved itself."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()
