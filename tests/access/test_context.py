"""The context that the policies read: set for one transaction, and gone with it."""

from tests.worlds import World


def test_world_acts(world: World) -> None:
    """A person acts in the unit of her membership."""
    team = world.teamwork()
    with world.act("bvc") as actor:
        assert actor.unit_id == world.unit("bvc").pk
        from cases.models import Version

        assert set(Version.objects.visible_to(actor)) == {
            team.note,
            team.closed_note,
            team.logoped_note,
            team.child_words,
        }
    assert not Version.objects.exists()
