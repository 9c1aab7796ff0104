"""Addresses of the letter pages, under the register's own, so that one gate stands before them all (R13)."""

from django.urls import path

from communications.letters import act_views, board, saved, views

PAGES = [
    ("board/", board.board, "board"),
    ("<int:pk>/move/", board.move, "move"),
    ("views/save/", saved.save, "save_view"),
    ("views/<int:pk>/forget/", saved.forget, "forget_view"),
    ("begin/", views.begin, "begin"),
    ("<int:pk>/text/", views.text, "text"),
    ("<int:pk>/text/changes/", views.compare, "compare"),
    ("<int:pk>/text/letter.<str:form>", views.download, "download"),
    ("<int:pk>/text/approve/", act_views.approve, "approve"),
    ("<int:pk>/text/send/", act_views.send, "send"),
    ("<int:pk>/text/naming/", act_views.override, "override"),
    ("<int:pk>/text/naming/agree/", act_views.agree, "agree"),
    ("<int:pk>/text/clearance/<int:signatory>/", act_views.clearance, "clearance"),
    ("<int:pk>/text/cases/add/", act_views.add_case, "add_case"),
    ("<int:pk>/text/cases/<uuid:case>/out/", act_views.take_out, "take_out"),
]


def addresses(site):
    return [path(route, site.admin_view(view), name=f"communications_letter_{name}") for route, view, name in PAGES]
