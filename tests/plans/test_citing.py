"""A plan cites what its writer may read, and forgets it in the next version when it is closed."""

from plans.models import PlanVersion
from plans.services.drafting import start_plan
from tests.database import as_loader
from tests.worlds import World


def test_the_next_version_does_not_cite_what_has_been_closed(world: World) -> None:
    """The child's words came from the logoped and are no longer shown to BVC."""
    case = world.open_case(state="implementing")
    consent = world.consent(case, "bvc", "logoped")
    words = world.entry("logoped", "logoped", case, "child_words")
    shown = world.show(words, to_unit="bvc", consent=consent)
    first = world.plan(case, child_words=words)
    with as_loader():
        shown.valid = world.period((world.days(-9), world.days(-1)))
        shown.save(update_fields=["valid"])
    with world.act("bvc") as actor:
        second = start_plan(case=case, kind=first.plan.kind, by=actor)
    with as_loader():
        assert PlanVersion.objects.get(pk=second.pk).child_words_id is None
        assert PlanVersion.objects.get(pk=first.pk).child_words_id == words.pk
