"""The questions that the content leaves open. Nobody has opened their sources since, so `looked_on` is empty."""

from django.db import migrations

QUESTIONS = [
    {
        "question": "Har polisens nationella kontaktpunkt för avhoppare öppnat?",
        "known": "Polisen fick uppdraget i oktober 2025. Den ska finnas för den som vill lämna, anhöriga och yrkesverksamma. Inget nummer och ingen öppettid är belagd.",
        "changes": "Kontakten Polisens avhopparsamordning, steget Kontakta polisen och sidorna för den som vill lämna. Kontaktpunkten är troligen viktigare än alla kommunala nummer.",
        "source": "https://www.regeringen.se/pressmeddelanden/2025/10/ett-nationellt-stodprogram-for-avhoppare/",
    },
    {
        "question": "Har utredningen om stöd till avhoppare (dir. 2025:53) lämnat sitt betänkande?",
        "known": "Den skulle redovisas senast den 6 november 2026. Betänkandet är inte sett.",
        "changes": "Ansvar, krav på tillstånd för utförare och villkor för pengarna. Kan leda till en egen lag.",
        "source": "https://lagen.nu/dir/2025:53",
    },
    {
        "question": "Vilka villkor, belopp och datum gäller för polisens medel i enskilda avhopparärenden?",
        "known": "2024 stängde ansökan senast den 19 juni. Belopp och datum för 2025 och 2026 saknas.",
        "changes": "Det viktigaste stödet för målgruppen, under Stöd att söka.",
        "source": "https://polisen.se/om-polisen/polisens-arbete/brottsforebyggande-arbete/ansok-om-stod-till-verksamhet-for-avhoppare/",
    },
    {
        "question": "Vilken myndighet fördelar bidraget till avhoppare utan hotbild?",
        "known": "Budgetpropositionen för 2026 avsatte 100 miljoner kronor. Fördelare, villkor och ansökningstid är inte belagda.",
        "changes": "Stöd att söka, och steget om pengar.",
        "source": "https://www.regeringen.se/pressmeddelanden/2025/09/budgetpaket-for-att-forebygga-kriminalitet-hos-barn-och-unga/",
    },
    {
        "question": "Har LVU ersatts av en ny lag?",
        "known": "Betänkande SoU38 våren 2026, planerat i kraft i januari 2027 enligt pressuppgift. Något SFS-nummer är inte bekräftat.",
        "changes": "Alla lagrum i LVU och guiden om barn och unga.",
        "source": "https://www.mfd.se/material/remissvar/for-barns-rattigheter-och-trygghet--en-ny-lag-om-omhandertagande-for-vard-av-barn-och-unga",
    },
    {
        "question": "Får socialnämnden ge förebyggande insatser till barn utan samtycke?",
        "known": "Förslaget står i Ds 2024:30, betänkande SoU39. Beslutet är inte bekräftat.",
        "changes": "Guiden om barn och unga.",
        "source": "https://lagen.nu/ds/2024:30",
    },
    {
        "question": "Hur lyder bestämmelserna om aktivitetskrav i försörjningsstödet?",
        "known": "SFS 2026:730, tillämpas från oktober 2026 enligt en sekundär källa. Lagtexten är inte läst.",
        "changes": "12 kap. 3–6 §§ socialtjänstlagen och steget om försörjning.",
        "source": "https://svenskforfattningssamling.se",
    },
    {
        "question": "Gäller ett bidragstak från 2027?",
        "known": "Betänkande SoU30 i maj 2026, tänkt i kraft den 1 januari 2027. Lagtexten är inte läst.",
        "changes": "12 kap. 7 § socialtjänstlagen.",
        "source": "https://www.riksdagen.se/sv/dokument-och-lagar/dokument/betankande/reformerat-forsorjningsstod-bidragstak-och-okade_hd01sou30/",
    },
    {
        "question": "Har fler lättnader i informationsutbytet börjat gälla?",
        "known": "Föreslagna till den 1 oktober 2026.",
        "changes": "Frågorna om sekretess, och lagrummen i offentlighets- och sekretesslagen.",
        "source": "https://www.regeringen.se/pressmeddelanden/2025/04/fler-forslag-for-att-forbattra-informationsutbytet-mellan-myndigheter/",
    },
    {
        "question": "Vad föreslår utredningen om en nationell placeringsfunktion för barn och unga?",
        "known": "Den skulle redovisas senast den 16 oktober 2026.",
        "changes": "Stegen om boende i guiden om barn och unga.",
        "source": "https://www.regeringen.se/pressmeddelanden/2025/10/paulina-brandberg-ska-utreda-nationell-placeringsfunktion/",
    },
]


def ask(apps, schema_editor):
    model = apps.get_model("guides", "OpenQuestion")
    model.objects.using(schema_editor.connection.alias).bulk_create(model(**question) for question in QUESTIONS)


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_first")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
