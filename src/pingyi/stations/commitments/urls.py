"""The room's addresses; each names its verb."""

from __future__ import annotations

from django.urls import path

from pingyi.stations.commitments.views import board, commitment, openness, public

app_name = "commitments"
urlpatterns = [
    path("commitments/", commitment.index, name="commitments"),
    path("commitments/kept/", commitment.kept, name="kept"),
    path("commitments/add/", commitment.add, name="add"),
    path("commitments/measurements/<slug:reference>/accept/", commitment.accept_measured, name="accept-measured"),
    path("commitments/measurements/<slug:reference>/refuse/", commitment.refuse_measured, name="refuse-measured"),
    path("commitments/<slug:reference>/", commitment.commitment, name="commitment"),
    path("commitments/<slug:reference>/edit/", commitment.edit, name="edit"),
    path("commitments/<slug:reference>/propose/", commitment.propose, name="propose"),
    path("commitments/<slug:reference>/publish/", commitment.publish, name="publish"),
    path("commitments/<slug:reference>/return/", commitment.send_back, name="return"),
    path("commitments/<slug:reference>/amend/", commitment.amend, name="amend"),
    path("commitments/<slug:reference>/withdraw/", commitment.withdraw, name="withdraw"),
    path("commitments/<slug:reference>/measure/", commitment.measure, name="measure"),
    path("openness/", openness.checklist, name="openness"),
    path("openness/add/", openness.add, name="openness-add"),
    path("openness/proofs/<slug:reference>/", openness.proof, name="openness-proof"),
    path("openness/<slug:reference>/", openness.item, name="openness-item"),
    path("openness/<slug:reference>/show/", openness.show, name="openness-show"),
    path("openness/<slug:reference>/accept/", openness.accept, name="openness-accept"),
    path("openness/<slug:reference>/return/", openness.send_back, name="openness-return"),
    path("openness/<slug:reference>/drop/", openness.drop, name="openness-drop"),
    path("boards/", board.boards, name="boards"),
    path("boards/place/", board.place, name="board-place"),
    path("boards/publish/", board.publish, name="board-publish"),
    path("boards/<slug:reference>/", board.board, name="board"),
    path("boards/<slug:reference>/hang/", board.hang, name="board-hang"),
    path("boards/<slug:reference>/take-down/", board.take_down, name="board-take-down"),
    path("boards/<slug:reference>/photograph/", board.photograph, name="board-photograph"),
    path("boards/<slug:reference>/sheet-<slug:size>.pdf", board.sheet, name="board-sheet"),
    path("boards/<slug:reference>/screen/", public.screen, name="board-screen"),
    path("boards/<slug:reference>/<int:edition>/", public.said, name="board-said"),
    path("boards/<slug:reference>/<int:edition>/code.svg", public.code, name="board-code"),
]
