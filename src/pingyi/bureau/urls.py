"""The bureau's addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pingyi.bureau.views import (
    first_run,
    inbox,
    interest,
    invitation,
    jobs,
    member,
    motion,
    organization,
    people,
    roster,
    section,
)

app_name = "bureau"
urlpatterns: list[URLPattern | URLResolver] = [
    path("first-run/", first_run.first_run, name="first_run"),
    path("bureau/", organization.bureau, name="bureau"),
    path("bureau/change/", organization.change, name="change"),
    path("bureau/roles/", organization.roles, name="roles"),
    path("bureau/sections/add/", section.add, name="section_add"),
    path("bureau/sections/<str:reference>/", section.section, name="section"),
    path("bureau/sections/<str:reference>/change/", section.change, name="section_change"),
    path("bureau/sections/<str:reference>/name-head/", section.name_head, name="section_name_head"),
    path("bureau/sections/<str:reference>/close/", section.close, name="section_close"),
    path("bureau/members/appoint/", member.appoint, name="member_appoint"),
    path("bureau/members/<str:reference>/", member.member, name="member"),
    path("bureau/members/<str:reference>/change/", member.change, name="member_change"),
    path("bureau/members/<str:reference>/dismiss/", member.dismiss, name="member_dismiss"),
    path("bureau/members/<str:reference>/withdraw-login/", member.withdraw_login, name="withdraw_login"),
    path("bureau/members/<str:reference>/invite/", invitation.issue, name="invitation_issue"),
    path("bureau/invitations/", invitation.invitations, name="invitations"),
    path("bureau/invitations/sheet/", invitation.sheet, name="invitation_sheet"),
    path("bureau/invitations/<str:reference>/word/", invitation.word, name="invitation_word"),
    path("bureau/interests/", interest.own, name="interests"),
    path("bureau/motions/", motion.listing, name="motions"),
    path("bureau/motions/<str:reference>/", motion.motion, name="motion"),
    path("bureau/motions/<str:reference>/confirm/", motion.confirm, name="motion_confirm"),
    path("bureau/motions/<str:reference>/refuse/", motion.refuse, name="motion_refuse"),
    path("bureau/motions/<str:reference>/withdraw/", motion.withdraw, name="motion_withdraw"),
    path("bureau/invitations/<str:reference>/revoke/", invitation.revoke, name="invitation_revoke"),
    path("bureau/roster/", roster.roster, name="roster"),
    path("bureau/roster/away/", roster.enter, name="absence_enter"),
    path("bureau/roster/pair/<str:section>/", roster.pair, name="post_set"),
    path("bureau/roster/<str:reference>/cancel/", roster.cancel, name="absence_cancel"),
    path("bureau/import/", people.upload, name="import"),
    path("bureau/import/template.xlsx", people.template, name="import_template"),
    path("bureau/import/<int:number>/", people.preview, name="import_preview"),
    path("invitation/<str:token>/", invitation.accept, name="accept"),
    path("welcome/", inbox.welcome, name="welcome"),
    path("notices/", inbox.inbox, name="notices"),
    path("notices/read/", inbox.read_all, name="notices_read"),
    path("notices/<int:number>/read/", inbox.read, name="notice_read"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("posts/", inbox.posts, name="posts"),
]
