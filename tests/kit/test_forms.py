"""Forms say what to do, keep what was typed, and tie each error to its control."""

from django import forms
from django.utils import translation

from kit.components_demo import DemoForm
from kit.fields import field_view
from kit.forms import BaseForm, DateField, OptionLabel


class Small(BaseForm):
    name = forms.CharField(label="Barnets namn")
    day = DateField(label="Dag")
    own = forms.CharField(label="Text", error_messages={"required": "Skriv vad du såg"})
    answer = forms.ChoiceField(
        label="Vet familjen?",
        choices=[
            ("yes", "Ja"),
            ("no", OptionLabel("Nej", hint="Då sparas den hos dig", action="Spara hos mig")),
        ],
        widget=forms.RadioSelect,
    )


def test_errors_say_what_to_do_and_the_author_s_words_win() -> None:
    with translation.override("sv"):
        form = Small({"day": "31 nov"})
        messages = {link.field_id: link.message for link in form.error_summary}
    assert messages == {
        "id_name": "Fyll i: Barnets namn",
        "id_day": "Skriv datumet som år, månad och dag, till exempel 2026-12-02",
        "id_own": "Skriv vad du såg",
        "id_answer_0": "Välj ett svar: Vet familjen",
    }


def test_an_unbound_form_has_no_errors() -> None:
    assert Small().error_summary == []


def test_dates_are_taken_as_people_type_them() -> None:
    for typed in ["2026-12-02", "20261202", "2/12/2026", "2/12 2026", "2.12.2026"]:
        form = Small({"day": typed})
        form.is_valid()
        assert form.cleaned_data["day"].isoformat() == "2026-12-02", typed


def test_a_date_that_could_not_be_read_is_kept_as_text() -> None:
    view = field_view(Small({"day": "31 nov"})["day"])
    assert 'type="text"' in view.widget
    assert 'value="31 nov"' in view.widget
    assert 'type="date"' in field_view(Small()["day"]).widget


def test_a_day_that_is_refused_stays_in_the_date_control() -> None:
    """Only what no date control can show becomes text; a real day keeps its control."""
    form = Small({"day": "2/12/2026"})
    form.add_error("day", "Dagen kan inte ligga i framtiden")
    view = field_view(form["day"])
    assert 'type="date"' in view.widget
    assert 'value="2026-12-02"' in view.widget


class Long(BaseForm):
    name = forms.CharField(label="Namn", max_length=5)
    text = forms.CharField(label="Text", max_length=5, widget=forms.Textarea)


def test_what_is_too_long_is_kept_and_said() -> None:
    with translation.override("sv"):
        form = Long({"name": "för långt", "text": "alldeles för långt"})
        messages = [link.message for link in form.error_summary]
    assert messages[0] == "Texten är för lång: högst 5 tecken, och du har skrivit 9."
    assert "alldeles för långt" in field_view(form["text"]).widget
    assert 'maxlength="5"' in field_view(form["name"]).widget
    assert "maxlength" not in field_view(form["text"]).widget


def test_a_field_s_descriptions_are_wired() -> None:
    view = field_view(DemoForm({})["text"])
    assert view.described_by == "id_text_hint id_text_error"
    assert 'aria-describedby="id_text_hint id_text_error"' in view.widget
    assert 'aria-invalid="true"' in view.widget
    assert "required" not in view.widget


def test_options_carry_their_hint_and_the_button_s_text() -> None:
    view = field_view(Small({"answer": "no"})["answer"])
    yes, no = view.options
    assert (no.label, no.hint, no.action) == ("Nej", "Då sparas den hos dig", "Spara hos mig")
    assert f'aria-describedby="{no.hint_id}"' in no.widget
    assert "aria-describedby" not in yes.widget


def test_typed_markup_is_shown_as_text() -> None:
    view = field_view(Small({"name": "<script>alert(1)</script>"})["name"])
    assert "<script>" not in view.widget
