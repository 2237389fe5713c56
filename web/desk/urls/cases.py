"""A child's case: list, overview and what belongs to it."""

from django.urls import URLPattern, URLResolver, path

from web.desk.views import cases, circle, families, handovers, kin, leading, previews

urlpatterns: list[URLPattern | URLResolver] = [
    path("barn/", cases.listing, name="cases"),
    path("barn/<uuid:case_id>/", cases.overview, name="case"),
    path("barn/<uuid:case_id>/handelser/", cases.events, name="events"),
    path("barn/<uuid:case_id>/personer/", cases.people, name="people"),
    path("barn/<uuid:case_id>/personer/vardnadshavare/", families.guardian_new, name="guardian_new"),
    path(
        "barn/<uuid:case_id>/personer/vardnadshavare/<uuid:person_id>/avsluta/",
        families.guardian_end,
        name="guardian_end",
    ),
    path("barn/<uuid:case_id>/personer/annan-vuxen/", families.adult_new, name="adult_new"),
    path(
        "barn/<uuid:case_id>/personer/annan-vuxen/<uuid:adult_id>/avsluta/",
        families.adult_end,
        name="adult_end",
    ),
    path("barn/<uuid:case_id>/personer/nummer/", families.child_number, name="child_number"),
    path("barn/<uuid:case_id>/personer/syskon/", kin.link, name="kin_link"),
    path("barn/<uuid:case_id>/personer/syskon/<uuid:kin_id>/ta-bort/", kin.unlink, name="kin_unlink"),
    path("barn/<uuid:case_id>/forhandsvisa/", previews.preview, name="preview"),
    path("barn/<uuid:case_id>/varfor/", previews.why_not, name="why"),
    path("barn/<uuid:case_id>/logg/", cases.log, name="log"),
    path("barn/<uuid:case_id>/skydd/", circle.overview, name="circle"),
    path("barn/<uuid:case_id>/skydd/hoj/", circle.raise_protection, name="protection_raise"),
    path("barn/<uuid:case_id>/skydd/sank/", circle.lower_protection, name="protection_lower"),
    path("barn/<uuid:case_id>/skydd/las/", circle.lock, name="case_lock"),
    path("barn/<uuid:case_id>/skydd/las-upp/", circle.unlock, name="case_unlock"),
    path("barn/<uuid:case_id>/skydd/utse/", circle.name, name="named_add"),
    path("barn/<uuid:case_id>/skydd/utse/<uuid:named_id>/avsluta/", circle.end_name, name="named_end"),
    path("barn/<uuid:case_id>/skydd/familj/<uuid:person_id>/", circle.family, name="family_let_in"),
    path("barn/<uuid:case_id>/skydd/visa/", circle.show_identity, name="identity"),
    path("barn/<uuid:case_id>/skydd/utskrift/", circle.print_plan, name="closed_print"),
    path("barn/<uuid:case_id>/skydd/se-over/", circle.review, name="protection_review"),
    path("barn/<uuid:case_id>/lamna-over/", handovers.propose, name="hand_over"),
    path(
        "barn/<uuid:case_id>/lamna-over/<uuid:handover_id>/ta-tillbaka/",
        handovers.withdraw,
        name="handover_withdraw",
    ),
    path("barn/<uuid:case_id>/ansvarig/", handovers.responsible, name="responsible"),
    path("barn/<uuid:case_id>/oppna/", leading.open_content, name="open"),
    path("barn/<uuid:case_id>/tilldela/", leading.assign, name="assign"),
    path("barn/<uuid:case_id>/tilldela/<uuid:account_id>/ta-bort/", leading.unassign, name="unassign"),
]
