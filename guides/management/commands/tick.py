"""Idempotent housekeeping for cron. Nothing public depends on it."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from guides.admin import throttle
from guides.models import Release
from guides.publishing.health import note_tick
from guides.publishing.inbox import forget_old
from guides.publishing.masking import bury_again
from guides.publishing.upkeep.links import watch
from guides.publishing.upkeep.reminders import remind
from guides.publishing.uploads import sweep
from guides.publishing.versions import keep_renderings, read


class Command(BaseCommand):
    help = "Håller ordning: renderar om det som en ny version av webbplatsen renderar annorlunda, påminner ägare, glömmer gamla rapporter, prövar länkar."

    def handle(self, *args, **options):
        self.stdout.write(f"{bury_again()} borttagna texter borttagna på nytt.")
        releases = Release.objects.public(timezone.now())
        count = keep_renderings([read(release.version) for release in releases])
        self.stdout.write(f"{count} texter renderade om.")
        told = remind()
        self.stdout.write(f"{told.reminders} påminnelser i {told.mails} brev, {told.failed} brev gick inte att skicka.")
        if told.homeless:
            self.stdout.write(f"Utan brevlåda: {', '.join(sorted(told.homeless))}. Lägg till Redaktionen under Brevlådor.")
        self.stdout.write(f"{sweep()} filer borttagna som aldrig sparades.")
        self.stdout.write(f"{forget_old(timezone.now())} rapporter borttagna.")
        self.stdout.write(f"{throttle.forget_old(timezone.now())} gamla inloggningsförsök glömda.")
        call_command("clearsessions")
        looked = watch()
        self.stdout.write(f"{looked.total()} länkar prövade, {looked['broken'] + looked['dangerous']} brutna eller farliga.")
        note_tick(timezone.now())
