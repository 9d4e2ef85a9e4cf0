"""What a browser sends back when a form of the admin is shown and its fields are filled in."""

from django.urls import reverse


def change(row) -> str:
    """The address of a row's form."""
    return reverse(f"admin:guides_{row._meta.model_name}_change", args=[row.pk])


def verb(row, name: str) -> str:
    """The address of a verb about a row."""
    return reverse(f"admin:{row._meta.model_name}_{name}", args=[row.pk])


def fields_of(response) -> dict[str, object]:
    """Every field of a shown change form and its inlines, with the values they stand at."""
    form = response.context["adminform"].form
    data = _values(form)
    if "base" in response.context:
        data["base"] = response.context["base"]
    for inline in response.context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for row in inline.formset.forms:
            data |= _values(row)
    return data


def _values(form) -> dict[str, object]:
    found = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        widget = bound.field.widget
        parts = widget.decompress(value) if hasattr(widget, "decompress") else None
        if parts:
            found |= {f"{bound.html_name}_{number}": part for number, part in enumerate(parts)}
        else:
            found[bound.html_name] = [getattr(v, "pk", v) for v in value] if isinstance(value, list | tuple) else value
    return found


def save(client, address: str, **changes):
    """Open a form, change what is told, send all of it; `_release` and the other buttons are fields too."""
    shown = client.get(address)
    assert shown.status_code == 200, address
    if "_release" in changes:
        changes.setdefault("release_minor", "on")
    data = {name: value for name, value in (fields_of(shown) | changes).items() if value is not None}
    return client.post(address, data)


def told(response) -> list[str]:
    """The faults that a form shows, of all its fields and rows."""
    found = [str(e) for errors in response.context["adminform"].form.errors.values() for e in errors]
    for inline in response.context["inline_admin_formsets"]:
        found += [str(e) for row in inline.formset.errors for errors in row.values() for e in errors]
    return found


def press(client, address: str, data: dict | None = None):
    """Open the page of a verb and send its form with `data`: the hidden fields come along, as from a browser."""
    shown = client.get(address)
    form = shown.context.get("form") if shown.status_code == 200 and shown.context else None
    hidden = {bound.html_name: bound.value() for bound in form.hidden_fields()} if form else {}
    return client.post(address, hidden | (data or {}))


def put_back(client, row, number: int = 1):
    """Press *Återställ som utkast* at a version, on the list as it is shown now."""
    shown = client.get(verb(row, "versioner")).context["newest"]
    return client.post(verb(row, "aterstall"), {"version": str(number), "seen": str(shown.number)})


def choose(client, address: str, action: str, rows, **more):
    """Do something with rows of a list, as it is shown; `more` is what the page in between asks for."""
    shown = client.get(address).context["cl"].model_admin
    seen = [f"{row.pk}:{shown._newest.get(row.key, 0)}" for row in rows]
    return client.post(address, {"action": action, "_selected_action": [row.pk for row in rows], "seen": seen} | more)
