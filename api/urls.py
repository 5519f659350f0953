"""The addresses of the API. The version is in them, in this one place."""

from django.urls import URLPattern, path, re_path

from api import blocks, comments, docs, imports, moderation, readings, root, series, threads

app_name = "api"

v1: list[URLPattern] = [
    path("v1/", root.Root.as_view(), name="root"),
    path("v1/me/", root.Me.as_view(), name="me"),
    path("v1/readings/", readings.ReadingList.as_view(), name="readings"),
    path("v1/readings/<slug:slug>/", readings.ReadingDetail.as_view(), name="reading"),
    path("v1/readings/<slug:slug>/editions/", readings.EditionList.as_view(), name="editions"),
    path("v1/readings/<slug:slug>/blocks/", blocks.BlockList.as_view(), name="blocks"),
    path("v1/readings/<slug:slug>/blocks/<str:address>/", blocks.BlockDetail.as_view(), name="block"),
    path("v1/readings/<slug:slug>/threads/", threads.ReadingThreadList.as_view(), name="threads-of-reading"),
    path("v1/imports/", imports.ImportList.as_view(), name="imports"),
    path("v1/imports/<slug:token>/", imports.ImportDetail.as_view(), name="import"),
    path("v1/imports/<slug:token>/retry/", imports.RetryImport.as_view(), name="retry-import"),
    path("v1/series/", series.SeriesList.as_view(), name="series"),
    path("v1/series/<slug:slug>/", series.SeriesDetail.as_view(), name="one-series"),
    path("v1/series/<slug:slug>/entries/", series.EntryList.as_view(), name="entries"),
    path("v1/threads/<slug:token>/", threads.ThreadDetail.as_view(), name="thread"),
    path("v1/threads/<slug:token>/comments/", threads.ThreadCommentList.as_view(), name="comments"),
    path("v1/threads/<slug:token>/lock/", moderation.LockThread.as_view(), name="lock"),
    path("v1/threads/<slug:token>/unlock/", moderation.UnlockThread.as_view(), name="unlock"),
    path("v1/comments/<slug:token>/", comments.CommentDetail.as_view(), name="comment"),
    path("v1/comments/<slug:token>/revisions/", comments.RevisionList.as_view(), name="revisions"),
    path("v1/comments/<slug:token>/hide/", moderation.HideComment.as_view(), name="hide"),
    path("v1/comments/<slug:token>/restore/", moderation.RestoreComment.as_view(), name="restore"),
    path("v1/moderation/actions/", moderation.ActionList.as_view(), name="actions"),
]

urlpatterns = [
    *v1,
    path("schema/", docs.Schema.as_view(), name="schema"),
    path("docs/", docs.docs, name="docs"),
    path("docs/problems/", docs.problems, name="problems"),
    re_path(r"", root.Nothing.as_view(), name="nothing"),
]
