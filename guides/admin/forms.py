"""The small forms of the verbs."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime, AdminTextInputWidget
from django.utils import timezone

from guides.addresses import address, addresses
from guides.admin.times import StockholmTimeField
from guides.edition.noting import note_fault
from guides.models import Check, PlanRule, Rename
from guides.publishing.current import current
from guides.publishing.drafts import number_of
from guides.publishing.together import mark
from guides.text.case import all_conditions


class NoteField(forms.CharField):
    """What a release tells the public is new: one line, without what no reader sees."""

    def __init__(self, **kwargs):
        hint = "Till exempel: Tidsfristen är ändrad. Visas på sidan Nytt och i flödena."
        about = {"label": "Vad är nytt", "help_text": hint, "widget": AdminTextInputWidget}
        super().__init__(required=False, max_length=500, **about | kwargs)

    def clean(self, value) -> str:
        found = super().clean(value)
        return " ".join("".join(c if c.isprintable() else " " for c in found).split())


class MinorField(forms.BooleanField):
    def __init__(self, **kwargs):
        hint = "Till exempel ett stavfel. Ingen notis, och datumet Uppdaterad flyttas inte."
        super().__init__(label="Mindre ändring", required=False, help_text=hint, **kwargs)


class ContentForm(forms.ModelForm):
    """The form of one noun. A new row never gets a key that another one has had.

    `base` is the number of the version that the form was shown with; `saving.py` compares it.
    `release_note` and `release_minor` belong to *Spara och publicera*, not to the row.
    """

    base = forms.CharField(required=False, widget=forms.HiddenInput)
    release_note = NoteField()
    release_minor = MinorField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["base"] = number_of(self.instance.kind, self.instance.key) if self.instance.pk else 0

    def clean_key(self):
        key = self.cleaned_data["key"]
        given = Rename.objects.filter(kind=self._meta.model.kind, old_key=key).first()
        if given:
            raise forms.ValidationError(f"Nyckeln leder till ”{given.new_key}”, som har bytt namn. Välj en ny.")
        return key

    def clean(self):
        found = super().clean()
        if "_release" in self.data:
            refuse_note(self, "release_note", "release_minor", [self._meta.model.kind])
        return found


def refuse_note(form: forms.Form, note: str, minor: str, kinds) -> None:
    """Put the fault of a change note, if it has one, at its field."""
    data = form.cleaned_data
    fault = note not in form.errors and note_fault(data.get(note, ""), data.get(minor, False), kinds)
    if fault:
        form.add_error(note, fault)


class ReleaseForm(forms.Form):
    """Now when no time is given; a time ahead schedules it. The two buttons say which: neither does the other's work."""

    field_order = ["along"]

    effective_from = StockholmTimeField(
        label="Gäller från",
        required=False,
        widget=AdminSplitDateTime,
        help_text="Svensk tid. Till exempel 2027-01-01 kl. 08:00. Behövs bara när du schemalägger.",
    )
    effective_to = StockholmTimeField(
        label="Gäller till", required=False, widget=AdminSplitDateTime, help_text="Tomt betyder tills vidare."
    )
    note = NoteField()
    minor = MinorField()
    along = forms.MultipleChoiceField(
        label="Publiceras på samma gång",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Godkänt, men inte på webbplatsen än. Texten hänvisar dit och kan inte publiceras utan.",
        error_messages={"invalid_choice": "Något av det här har ändrats sedan sidan visades. Läs listan på nytt."},
    )

    def __init__(self, *args, obj, ready, **kwargs):
        """`ready` are the Companions that the document could take along."""
        super().__init__(*args, **kwargs)
        self.kind = obj.kind
        choices = [(mark(one), f"{one.title}, version {one.version.number}") for one in ready]
        if choices:
            self.fields["along"].choices = choices
            self.initial["along"] = [name for name, _ in choices]
        else:
            del self.fields["along"]

    def clean(self):
        found = super().clean()
        refuse_note(self, "note", "minor", [self.kind])
        if "effective_from" not in self.errors:
            moment = found.get("effective_from")
            if "_schedule" in self.data and not moment:
                self.add_error("effective_from", "Skriv dag och tid då det ska börja synas.")
            if "_now" in self.data and moment:
                self.add_error("effective_from", "Tryck Schemalägg för att vänta till dess, eller töm dag och tid.")
        return found


class TogetherForm(forms.Form):
    """What is said of several documents that are released together."""

    note = NoteField()
    minor = MinorField()

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self):
        found = super().clean()
        refuse_note(self, "note", "minor", [self.kind])
        return found


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Skäl",
        max_length=500,
        help_text="Visas för den som söker sidan. Till exempel: Tjänsten har upphört.",
    )
    redirect_to = forms.CharField(
        label="Led vidare till",
        required=False,
        max_length=300,
        help_text="Sidan som ersätter den, till exempel /guider/. Då visas den i stället för skälet.",
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.obj = obj

    def clean_redirect_to(self):
        """A page of the site as it is now, and another one: so no two withdrawn pages can lead to each other."""
        value, edition = self.cleaned_data["redirect_to"], current.edition()
        own = edition.get(self.obj.kind, self.obj.key)
        there = set(addresses(edition)) - ({address(own)} if own else set())
        if value and value.partition("#")[0] not in there:
            raise forms.ValidationError("Skriv adressen till en annan sida som finns på webbplatsen, till exempel /guider/.")
        return value


class CheckForm(forms.Form):
    outcome = forms.ChoiceField(label="Utfall", choices=Check.OUTCOMES)
    on = forms.DateField(label="Dagen då det gjordes", widget=AdminDateWidget, initial=timezone.localdate)
    reason = forms.CharField(
        label="Anteckning",
        required=False,
        max_length=500,
        help_text="Till exempel: provringt kl. 10, rätt tjänst svarade.",
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        if obj.kind != "contact":
            self.fields["outcome"].choices = [c for c in Check.OUTCOMES if c[0] == "reviewed"]
        else:
            self.fields["outcome"].help_text = (
                "Stämmer: du har läst uppgifterna mot källan. Svarar: du ringde och rätt tjänst svarade, numret visas. "
                "Svarar inte eller dold: reservvägen visas genast i stället."
            )


class ConditionsField(forms.MultipleChoiceField):
    """The answers that a rule asks for, one on each line, chosen from the questions of the plan."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=[(q.label, found) for q, found in all_conditions()], **kwargs)

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def clean(self, value) -> str:
        return "\n".join(super().clean(value))


class PlanRuleForm(ContentForm):
    when = ConditionsField(
        label="När",
        required=False,
        help_text="Svar på samma fråga är ”eller”, olika frågor är ”och”. Inget svar betyder alltid.",
    )

    class Meta:
        model = PlanRule
        fields = "__all__"
