"""The rules of the feed formats and of schema.org, each as a function that lists what is broken."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree
from tests.support.yaml_files import read_yaml

HERE = Path(__file__).parent
ATOM = "{http://www.w3.org/2005/Atom}"


def absolute(address):
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


@cache
def _grammar():
    return etree.RelaxNG(etree.parse(HERE / "atom.rng"))


def atom(text):
    tree = etree.fromstring(text.encode())
    grammar = _grammar()
    found = [] if grammar.validate(tree) else [str(error) for error in grammar.error_log]
    ids = [node.text for node in tree.iter(f"{ATOM}id")]
    found += [f"id {id_} stands twice" for id_ in set(ids) if ids.count(id_) > 1]
    for node in (tree, *tree.iter(f"{ATOM}entry")):
        alternates = [
            (link.get("type"), link.get("hreflang")) for link in node.findall(f"{ATOM}link[@rel='alternate']")
        ]
        if len(alternates) != 1:
            found.append(f"{len(alternates)} alternates")
    return found


def rss(text):
    """https://www.rssboard.org/rss-specification"""
    tree = etree.fromstring(text.encode())
    channel = tree.find("channel")
    found = [] if tree.get("version") == "2.0" else ["no version"]
    found += [
        f"channel without {name}" for name in ("title", "link", "description") if not channel.findtext(name)
    ]
    for item in channel.findall("item"):
        if not (item.findtext("title") or item.findtext("description")):
            found.append("item that says nothing")
        if item.find("guid").get("isPermaLink") != "false" and not absolute(item.findtext("guid")):
            found.append("guid that is no address")
    found += [f"relative {node.text}" for node in tree.iter("link") if not absolute(node.text)]
    for node in (*tree.iter("pubDate"), *tree.iter("lastBuildDate")):
        if parsedate_to_datetime(node.text).tzinfo is None:
            found.append(f"{node.text} has no zone")
    return found


JSON_FEED = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon",
    "authors", "language", "expired", "hubs", "items",
}  # fmt: skip
JSON_ITEM = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
    "date_published", "date_modified", "authors", "tags", "language", "attachments",
}  # fmt: skip


def json_feed(text):
    """https://www.jsonfeed.org/version/1.1/"""
    feed = json.loads(text)
    found = [f"unknown {key}" for key in feed.keys() - JSON_FEED]
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not feed["title"]:
        found.append("no version or title")
    found += [f"relative {key}" for key in ("home_page_url", "feed_url") if not absolute(feed[key])]
    ids = [item["id"] for item in feed["items"]]
    found += ["ids are not unique or not strings"] * (
        len(ids) != len(set(ids)) or not all(isinstance(id_, str) and id_ for id_ in ids)
    )
    for item in feed["items"]:
        found += [f"unknown {key}" for key in item.keys() - JSON_ITEM]
        if not (item.get("content_text") or item.get("content_html")):
            found.append("item without content")
        found += [
            f"relative {item[key]}"
            for key in ("url", "external_url")
            if not absolute(item.get(key, "https://x"))
        ]
        for key in ("date_published", "date_modified"):
            if key in item and datetime.fromisoformat(item[key]).tzinfo is None:
                found.append(f"{item[key]} has no zone")
        if not all(
            author.keys() <= {"name", "url", "avatar"} and author for author in item.get("authors", ())
        ):
            found.append("author without a name")
    return found


@cache
def _vocabulary():
    return read_yaml(HERE / "vocabulary.yml")


def above(type_):
    """The type and all that it is a kind of."""
    types = _vocabulary()["types"]
    return {type_}.union(*(above(one) for one in types[type_]))


def schema_org(node, asked=None):
    """Every type is known, every property belongs to its type, every value to the range of its property."""
    if "@type" not in node:
        return [] if set(node) == {"@id"} else [f"no type: {sorted(node)}"]
    type_ = node["@type"]
    if type_ not in _vocabulary()["types"]:
        return [f"unknown type {type_}"]
    found = []
    if asked and not above(type_) & set(asked):
        found.append(f"{type_} where one of {asked} is wanted")
    for name, value in node.items():
        if name.startswith(("@", "dcterms:")):
            continue
        if name.endswith("-input"):  # https://schema.org/docs/actions.html#part-4
            found += [] if isinstance(value, str) else [f"{name} is no text"]
            continue
        told = _vocabulary()["properties"].get(name)
        if told is None or not above(type_) & set(told["domain"]):
            found.append(f"{type_} has no {name}")
            continue
        for one in value if isinstance(value, list) else [value]:
            found += _value(f"{type_}.{name}", one, told["range"])
    return found


def _value(name, value, wanted):
    if isinstance(value, dict):
        if "@value" in value:
            return (
                []
                if "Text" in wanted and re.fullmatch(r"[a-z]{2,3}(-\w+)*", value["@language"])
                else [f"{name}: {value}"]
            )
        return [f"{name}: {problem}" for problem in schema_org(value, wanted)]
    fits = {
        "Text": isinstance(value, str),
        "URL": isinstance(value, str) and not re.search(r"\s", value),
        "Date": isinstance(value, str) and bool(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value)),
        "Integer": isinstance(value, int),
        "Number": isinstance(value, (int, float)),
    }
    known = [kind for kind in wanted if kind in fits]
    return [] if any(fits[kind] for kind in known) else [f"{name}: {value!r} is none of {wanted}"]
