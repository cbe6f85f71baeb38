"""Takes the second step out of the admin: there an administrator could read the key of a partner's app, and be them (R2, IG16)."""

from __future__ import annotations

from importlib import import_module

from django.contrib import admin
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

for plugin in ("otp_email", "otp_totp"):
    import_module(f"django_otp.plugins.{plugin}.admin")  # now, so that it cannot register them after us
for model in (EmailDevice, TOTPDevice):
    admin.site.unregister(model)
