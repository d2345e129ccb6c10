"""All routes of the desk, with their views."""

from __future__ import annotations

from dossierkit.desk.application import Route, set_language
from dossierkit.desk.views import articles, changes, dossiers, events, names, overview, records

ROUTES = (
    Route("/", "GET", overview.show),
    Route("/names", "GET", names.show),
    Route("/names/decide", "POST", names.decide),
    Route("/names/all", "GET", names.preview),
    Route("/names/all", "POST", names.decide_all),
    Route("/find", "GET", names.find),
    Route("/articles", "GET", articles.listed),
    Route("/article/<path:id_>", "GET", articles.show),
    Route("/decide/<path:id_>", "POST", articles.decide),
    Route("/add-name/<path:id_>", "POST", articles.add_name),
    Route("/add-entry/<path:id_>", "POST", articles.add_entry),
    Route("/key-moment/<path:id_>", "POST", articles.turn_key_moment),
    Route("/fields/<path:id_>", "POST", articles.set_fields),
    Route("/publish/<path:id_>", "POST", articles.publish),
    Route("/records", "GET", records.listed),
    Route("/record/<path:id_>", "GET", records.show),
    Route("/record/<path:id_>", "POST", records.save),
    Route("/offer/<path:id_>", "POST", records.decide),
    Route("/new-record", "POST", records.create),
    Route("/publish-record/<path:id_>", "POST", records.publish),
    Route("/events", "GET", events.show),
    Route("/events/join", "POST", events.join_entries),
    Route("/events/apart", "POST", events.keep_apart),
    Route("/events/part", "POST", events.part_entry),
    Route("/dossiers", "GET", dossiers.listed),
    Route("/dossier/<path:id_>", "GET", dossiers.show),
    Route("/dossier/<path:id_>", "POST", dossiers.save),
    Route("/new-dossier", "POST", dossiers.create),
    Route("/publish-dossier/<path:id_>", "POST", dossiers.publish),
    Route("/changes", "GET", changes.show),
    Route("/changes/commit", "POST", changes.commit),
    Route("/changes/branch", "POST", changes.branch),
    Route("/check", "GET", articles.check_value),
    Route("/undo", "POST", articles.undo),
    Route("/language", "POST", set_language),
)
