"""The room's addresses; each names its verb."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pingyi.stations.plans.views import board, calendar, meeting, past, task

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pingyi.stations.plans.urls_version")),
    path("duties/", task.duties, name="duties"),
    path("duties/before/", past.before, name="duties-before"),
    path("tasks/add/", task.add, name="task-add"),
    path("tasks/<str:reference>/", task.task_page, name="task"),
    path("tasks/<str:reference>/why/", task.why_page, name="task-why"),
    path("tasks/<str:reference>/report/", task.report, name="task-report"),
    path("tasks/<str:reference>/by-deed/", task.by_deed, name="task-by-deed"),
    path("tasks/<str:reference>/withdraw-report/", task.withdraw_report, name="task-withdraw-report"),
    path("tasks/<str:reference>/accept/", task.check_page, name="task-accept"),
    path("tasks/<str:reference>/return/", task.check_page, {"verb": "return"}, name="task-return"),
    path("tasks/<str:reference>/assign/", task.assign, name="task-assign"),
    path("tasks/<str:reference>/extend-ask/", task.extend, name="task-extend-ask"),
    path("tasks/<str:reference>/extend-grant/", task.extend_grant, name="task-extend-grant"),
    path("tasks/<str:reference>/extend-deny/", task.extend_deny, name="task-extend-deny"),
    path("tasks/<str:reference>/waive/", task.waive, name="task-waive"),
    path("proofs/<str:reference>/", task.proof, name="proof"),
    path("board/", board.board, name="board"),
    path("year/", board.year, name="year"),
    path("meetings/", meeting.index, name="meetings"),
    path("meetings/add/", meeting.add, name="meeting-add"),
    path("meetings/<str:reference>/", meeting.meeting, name="meeting"),
    path("meetings/<str:reference>/convene/", meeting.convene, name="meeting-convene"),
    path("meetings/<str:reference>/attendance/", meeting.attendance, name="meeting-attendance"),
    path("meetings/<str:reference>/minute/", meeting.minute, name="meeting-minute"),
    path("meetings/<str:reference>/cancel/", meeting.cancel, name="meeting-cancel"),
    path("meetings/<str:reference>/resolve/", meeting.resolve, name="meeting-resolve"),
    path("meetings/<str:reference>/sign-in-sheet/", meeting.sign_in_sheet, name="meeting-sheet"),
    path("meetings/<str:reference>/print/", meeting.printed, name="meeting-print"),
    path("calendar/", calendar.address, name="calendar"),
    path("calendar/open/", calendar.open_feed, name="calendar-open"),
    path("calendar/revoke/", calendar.revoke_feed, name="calendar-revoke"),
    path("calendar/<str:token>.ics", calendar.ics, name="calendar-feed"),
]
