"""How allauth treats our people: accounts are made by an administrator, never by a visitor."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccounts(DefaultAccountAdapter):
    """No sign-up: the registers are the only way in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
