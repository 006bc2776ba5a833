"""The list of somebody's passkeys: for their eyes alone, new for thirty days, and what takes one away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from nearer.accounts.ways_in import passkeys, unlock
from nearer.accounts.ways_in.ceremony import Made
from nearer.home.renewal import lock_anew
from nearer.testing.cast import Pair, Person
from nearer.vault.errors import KeyRenewed
from nearer.vault.models import Passkey, UnlockMethod
from tests.pages.authenticator import Device, add, log_in, remove
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db


class TestTheList:
    def test_it_is_new_for_thirty_days(
        self, alice: Person, device: Device, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = timezone.now()
        day = f"{made:%-d %B %Y}"
        assert f"Passkey of {day} New" in words(alice.client.get("/settings/devices"))
        for days, new in ((13, True), (26, True), (29, True), (30, False)):
            at(monkeypatch, made + timedelta(days=days))
            assert (f"Passkey of {day} New" in words(alice.client.get("/settings/devices"))) is new, days

    def test_removed_it_opens_nothing(self, alice: Person, bob: Person, device: Device) -> None:
        ref = str(Passkey.objects.get().pk)
        remove(bob, ref)
        remove(alice, "junk")
        assert log_in(device)[1].status_code == 302

        remove(alice, ref)

        assert log_in(device)[1].status_code == 422
        assert not UnlockMethod.objects.filter(kind="passkey").exists()

    def test_somebody_may_have_several(self, alice: Person, device: Device) -> None:
        other = Device(name=b"another", synced=True)
        add(alice, other)

        assert [log_in(each)[1].status_code for each in (device, other)] == [302, 302]
        assert "Copied to the account of that device." in words(alice.client.get("/settings/devices"))

    def test_all_of_them_go_when_everything_is_locked_anew(self, alice: Person, device: Device) -> None:
        opened = unlock.by_passphrase(alice.username, alice.passphrase)

        lock_anew(opened, "harbour pebble violin")

        assert log_in(device)[1].status_code == 422
        assert not Passkey.objects.exists()

    def test_none_is_added_to_keys_that_are_no_longer_theirs(self, alice: Person, device: Device) -> None:
        master = alice.drawer.master
        lock_anew(unlock.by_passphrase(alice.username, alice.passphrase), "harbour pebble violin")
        made = Made(credential=b"late", public=b"", count=0, synced=False)

        with pytest.raises(KeyRenewed):
            passkeys.add(alice.user.pk, master, made, bytes(32), ring=alice.ring)

        assert not Passkey.objects.exists()

    def test_it_goes_on_after_the_passphrase_is_changed(self, alice: Person, device: Device) -> None:
        new = {"passphrase": alice.passphrase, "new": "harbour pebble violin"}
        alice.client.post("/settings/passphrase", new)

        assert log_in(device)[1].status_code == 302

    @pytest.mark.rule("R11")
    def test_the_other_sees_no_byte_of_it(self, pair: Pair) -> None:
        paths = ("/", "/us", "/settings", "/settings/devices")
        before = [html(pair.guest.client.get(path)) for path in paths]

        add(pair.host, Device())

        assert [html(pair.guest.client.get(path)) for path in paths] == before
