"""The room's addresses; each names its verb."""

from __future__ import annotations

from django.urls import path

from pingyi.stations.commitments.views import board, commitment, openness, public

app_name = "commitments"
urlpatterns = [
    path("commitments/", commitment.index, name="commitments"),
    path("commitments/kept/", commitment.kept, name="kept"),
    path("commitments/add/", commitment.add, name="add"),
    path("commitments/measurements/<str:reference>/accept/", commitment.accept_measured, name="accept-measured"),
    path("commitments/measurements/<str:reference>/refuse/", commitment.refuse_measured, name="refuse-measured"),
    path("commitments/<str:reference>/", commitment.commitment, name="commitment"),
    path("commitments/<str:reference>/edit/", commitment.edit, name="edit"),
    path("commitments/<str:reference>/propose/", commitment.propose, name="propose"),
    path("commitments/<str:reference>/publish/", commitment.publish, name="publish"),
    path("commitments/<str:reference>/return/", commitment.send_back, name="return"),
    path("commitments/<str:reference>/amend/", commitment.amend, name="amend"),
    path("commitments/<str:reference>/withdraw/", commitment.withdraw, name="withdraw"),
    path("commitments/<str:reference>/measure/", commitment.measure, name="measure"),
    path("openness/", openness.checklist, name="openness"),
    path("openness/add/", openness.add, name="openness-add"),
    path("openness/proofs/<str:reference>/", openness.proof, name="openness-proof"),
    path("openness/<str:reference>/", openness.item, name="openness-item"),
    path("openness/<str:reference>/show/", openness.show, name="openness-show"),
    path("openness/<str:reference>/accept/", openness.accept, name="openness-accept"),
    path("openness/<str:reference>/return/", openness.send_back, name="openness-return"),
    path("openness/<str:reference>/drop/", openness.drop, name="openness-drop"),
    path("boards/", board.boards, name="boards"),
    path("boards/place/", board.place, name="board-place"),
    path("boards/publish/", board.publish, name="board-publish"),
    path("boards/<str:reference>/", board.board, name="board"),
    path("boards/<str:reference>/hang/", board.hang, name="board-hang"),
    path("boards/<str:reference>/take-down/", board.take_down, name="board-take-down"),
    path("boards/<str:reference>/photograph/", board.photograph, name="board-photograph"),
    path("boards/<str:reference>/sheet-<str:size>.pdf", board.sheet, name="board-sheet"),
    path("boards/<str:reference>/screen/", public.screen, name="board-screen"),
    path("boards/<str:reference>/<int:edition>/", public.said, name="board-said"),
    path("boards/<str:reference>/<int:edition>/code.svg", public.code, name="board-code"),
]
