"""What the parts of `make_packs.py` share: the rows that they make, and the facts about countries, cleaned."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FACTBOOK, UN_TERMS, CLDR, OWN = "factbook", "un", "cldr", "own"
Name = tuple[str, str, str]
"""A name, its language, and the key of its source."""
Country = dict[str, Any]
# Where the source writes a name as news prose does not. None: left out, since nobody names them so.
TITLES: dict[str, str | None] = {
    "DRC": "Democratic Republic of the Congo",
    "Congo (Brazzaville)": "Republic of the Congo",
    "Burma": "Myanmar",
    "The Dominican": "Dominican Republic",
    "The Bahamas": "Bahamas",
    "The Gambia": "Gambia",
    "Gaza, Gaza Strip": "Gaza Strip",
    "Holy See (Vatican City)": "Holy See",
    "Falkland Islands (Islas Malvinas)": "Falkland Islands",
    "Svalbard (sometimes referred to as Spitsbergen, the largest island in the archipelago)": "Svalbard",
    "Federated States of Micronesia": "Micronesia",
    "Baker Island, Howland Island, Jarvis Island, Johnston Atoll, Kingman Reef, Midway Islands, Palmyra Atoll": None,
    "Virgin Islands": "United States Virgin Islands",
    "Curacao": "Curaçao",
    "Saint Helena, Ascension, and Tristan da Cunha": "Saint Helena",
}
# Names of news prose that the sources have not.
ALSO: dict[str, tuple[str, ...]] = {
    "Myanmar": ("Burma",),
    "Turkey": ("Türkiye",),
    "Democratic Republic of the Congo": ("DR Congo", "Democratic Republic of Congo", "Congo-Kinshasa"),
    "Republic of the Congo": ("Congo-Brazzaville",),
    "Côte d'Ivoire": ("Ivory Coast",),
    "Cabo Verde": ("Cape Verde",),
    "Timor-Leste": ("East Timor",),
    "Eswatini": ("Swaziland",),
    "Czechia": ("Czech Republic",),
    "Holy See": ("Vatican", "Vatican City"),
    "Bosnia and Herzegovina": ("Bosnia", "Bosnia-Herzegovina"),
    "United Kingdom": ("Great Britain", "Britain", "U.K."),
    "United States": ("U.S.", "U.S.A."),
    "North Macedonia": ("Macedonia",),
    "Gaza Strip": (),
    "Palestine": (),
}
# Likewise in other languages, of countries and of capitals.
ALSO_IN: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {
        "Kuwait": ("Koweit",),
        "North Macedonia": ("Macédoine",),
        "Bosnia and Herzegovina": ("Bosnie",),
        "Democratic Republic of the Congo": ("RD Congo", "Congo-Kinshasa"),
        "United Kingdom": ("Grande-Bretagne",),
        "Gaza Strip": ("bande de Gaza",),
        "West Bank": ("Cisjordanie",),
        "Serbia": ("Serbie",),
        "Riyadh": ("Ryad",),
    },
    "ar": {
        "Saudi Arabia": ("السعودية",),
        "United Arab Emirates": ("الإمارات",),
        "Syria": ("سورية",),
        "United States": ("الولايات المتحدة الأميركية", "أمريكا", "أميركا"),
        "United Kingdom": ("بريطانيا",),
        "Belarus": ("بيلاروسيا", "روسيا البيضاء"),
        "Denmark": ("الدنمارك",),
        "Hungary": ("المجر",),
        "Ireland": ("إيرلندا",),
        "North Macedonia": ("مقدونيا",),
        "Central African Republic": ("أفريقيا الوسطى", "إفريقيا الوسطى"),
        "South Africa": ("جنوب إفريقيا",),
        "Serbia": ("صربيا",),
        "Sri Lanka": ("سري لانكا",),
        "Philippines": ("الفيليبين",),
        "Gaza Strip": ("قطاع غزة",),
        "West Bank": ("الضفة الغربية",),
        "Democratic Republic of the Congo": ("الكونغو الديمقراطية",),
        "Algiers": ("الجزائر العاصمة",),
        "Tunis": ("تونس العاصمة", "العاصمة تونس"),
        "Kuwait City": ("مدينة الكويت",),
        "Seoul": ("سيول",),
        "Bangui": ("بانغي",),
    },
    "es": {
        "United States": ("EE. UU.", "EE.UU.", "EE UU", "EEUU"),
        "United Kingdom": ("Gran Bretaña",),
        "Netherlands": ("Holanda",),
        "Mauritius": ("Isla Mauricio",),
        "Serbia": ("Serbia",),
        "Gaza Strip": ("franja de Gaza", "Franja de Gaza"),
        "West Bank": ("Cisjordania",),
        "Panama City": ("Ciudad de Panamá",),
        "Guatemala City": ("Ciudad de Guatemala",),
        "Kuwait City": ("Ciudad de Kuwait",),
        "Beijing": ("Pekín",),
        "Bern": ("Berna",),
    },
    "ru": {
        "United States": ("США",),
        "United Kingdom": ("Великобритания",),
        "United Arab Emirates": ("Эмираты",),
        "Democratic Republic of the Congo": ("ДР Конго",),
        "Belarus": ("Белоруссия",),
        "Moldova": ("Молдавия",),
        "Kyrgyzstan": ("Киргизия",),
        "South Africa": ("ЮАР",),
        "North Korea": ("Северная Корея",),
        "South Korea": ("Южная Корея",),
        "Netherlands": ("Голландия",),
        "Serbia": ("Сербия",),
        "Gaza Strip": ("сектор Газа", "сектор Газы"),
        "Beijing": ("Пекин",),
        "Ankara": ("Анкара",),
        "Kyiv": ("Киев",),
        "Islamabad": ("Исламабад",),
        "New Delhi": ("Нью-Дели",),
        "Hanoi": ("Ханой",),
        "Abu Dhabi": ("Абу-Даби",),
        "Doha": ("Доха",),
        "Astana": ("Астана",),
        "Tirana": ("Тирана",),
        "Sanaa": ("Сана",),
        "Rabat": ("Рабат",),
    },
    "uk": {
        "United Kingdom": ("Велика Британія",),
        "United States": ("США", "Сполучені Штати"),
        "United Arab Emirates": ("ОАЕ",),
        "Kyiv": ("Київ",),
    },
    "tr": {
        "United States": ("ABD", "Amerika Birleşik Devletleri"),
        "United Kingdom": ("İngiltere", "Birleşik Krallık"),
        "United Arab Emirates": ("BAE",),
        "Cairo": ("Kahire",),
        "Moscow": ("Moskova",),
        "Damascus": ("Şam",),
        "Baghdad": ("Bağdat",),
        "Tehran": ("Tahran",),
        "Beirut": ("Beyrut",),
        "Beijing": ("Pekin",),
        "London": ("Londra",),
    },
    "am": {
        "United States": ("አሜሪካ", "ዩናይትድ ስቴትስ"),
        "United Kingdom": ("ብሪታኒያ", "እንግሊዝ"),
        "Russia": ("ሩሲያ",),
        "Addis Ababa": ("አዲስ አበባ",),
    },
    "fa": {
        "United States": ("آمریکا", "امریکا", "ایالات متحده آمریکا"),
        "United Kingdom": ("انگلیس", "انگلستان"),
        "Saudi Arabia": ("عربستان",),
        "United Arab Emirates": ("امارات",),
        "Iran": ("جمهوری اسلامی ایران",),
        "Gaza Strip": ("نوار غزه",),
        "Tehran": ("تهران",),
        "Moscow": ("مسکو",),
        "Beijing": ("پکن",),
        "Kabul": ("کابل",),
        "Kyiv": ("کی‌یف",),
        "London": ("لندن",),
        "Ankara": ("آنکارا",),
        "Islamabad": ("اسلام‌آباد", "اسلام آباد"),
        "New Delhi": ("دهلی نو",),
    },
    "he": {
        "United States": ('ארה"ב', "ארה״ב"),
        "United Kingdom": ("בריטניה",),
        "United Arab Emirates": ("איחוד האמירויות", "האמירויות"),
        "Gaza Strip": ("רצועת עזה",),
        "Moscow": ("מוסקבה",),
        "Tehran": ("טהרן",),
        "Kyiv": ("קייב",),
        "London": ("לונדון",),
        "Damascus": ("דמשק",),
    },
    "hi": {
        "United States": ("अमेरिका", "अमरीका"),
        "United Kingdom": ("ब्रिटेन",),
        "Afghanistan": ("अफगानिस्तान", "अफ़ग़ानिस्तान"),
        "Uzbekistan": ("उज्बेकिस्तान",),
        "Turkey": ("तुर्की",),
        "New Delhi": ("नई दिल्ली",),
        "Kabul": ("काबुल",),
        "Islamabad": ("इस्लामाबाद",),
        "Moscow": ("मॉस्को",),
        "Beijing": ("बीजिंग",),
        "London": ("लंदन",),
    },
    "ja": {
        "United States": ("米国", "アメリカ"),
        "United Kingdom": ("英国",),
        "China": ("中華人民共和国",),
        "Hong Kong": ("香港",),
        "Tokyo": ("東京",),
        "Beijing": ("北京",),
        "Moscow": ("モスクワ",),
        "Kyiv": ("キーウ", "キエフ"),
        "Tehran": ("テヘラン",),
        "Kabul": ("カブール",),
        "London": ("ロンドン",),
        "Seoul": ("ソウル",),
    },
    "ko": {
        "South Korea": ("한국",),
        "Hong Kong": ("홍콩",),
        "Turkey": ("터키",),
        "Seoul": ("서울",),
        "Beijing": ("베이징",),
        "Moscow": ("모스크바",),
        "Tokyo": ("도쿄",),
    },
    "my": {"United States": ("အမေရိကန်ပြည်ထောင်စု",), "Naypyidaw": ("နေပြည်တော်",)},
    "ur": {
        "United States": ("امریکہ", "امریکا"),
        "United Kingdom": ("برطانیہ",),
        "Saudi Arabia": ("سعودی عرب",),
        "India": ("بھارت", "انڈیا"),
        "Turkey": ("ترکی",),
        "Islamabad": ("اسلام آباد",),
        "New Delhi": ("نئی دہلی",),
        "Kabul": ("کابل",),
        "London": ("لندن",),
    },
    "zh": {
        "China": ("中华人民共和国", "中華人民共和國"),
        "Saudi Arabia": ("沙特", "沙烏地"),
        "United Arab Emirates": ("阿联酋", "阿聯酋"),
        "Bosnia and Herzegovina": ("波黑",),
        "Democratic Republic of the Congo": ("刚果(金)", "剛果(金)"),
        "Republic of the Congo": ("刚果(布)", "剛果(布)"),
        "North Korea": ("朝鮮", "北韩", "北韓"),
        "Taiwan": ("台灣", "臺灣"),
        "Hong Kong": ("香港",),
        "Syria": ("敍利亞",),
        "Italy": ("意大利",),
        "Yemen": ("也門",),
        "Gaza Strip": ("加沙地带", "加沙地帶", "加薩走廊"),
        "Beijing": ("北京",),
        "Moscow": ("莫斯科",),
        "Tehran": ("德黑兰", "德黑蘭"),
        "Kyiv": ("基辅", "基輔"),
        "Damascus": ("大马士革", "大馬士革"),
        "Kabul": ("喀布尔", "喀布爾"),
        "Tokyo": ("东京",),
        "London": ("伦敦", "倫敦"),
        "Seoul": ("首尔", "首爾"),
    },
}


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a pack. The first name is its title; `titles`: what it is called instead on sites in other languages."""

    type: str
    names: tuple[Name, ...]
    weak: tuple[Name, ...] = ()
    same_as: tuple[str, ...] = ()
    description: str = ""
    location: str = ""
    id: str = ""
    titles: Mapping[str, str] | None = None


def read(file: Path) -> list[Country]:
    """The countries and territories, with `title` and `sovereign` added; texts without HTML."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        country = json.loads(html.unescape(line.replace("&quot;", "'")))
        title = TITLES.get(country["name"], country["name"])
        if title is not None:
            country["title"] = title
            country["sovereign"] = bool(re.search(r"\bUN\b", country["organizations"])) or title in {
                "Holy See",
                "Kosovo",
                "Taiwan",
            }
            found.append(country)
    return found


def adjectives(country: Country) -> list[str]:
    """Demonyms as adjectives, the first the usual one."""
    text = re.sub(r"\([^)]*\)", "", country["demonym"]["adjective"])
    parts = (sided(part.strip(), country) for part in re.split(r"[,;/]| or ", text))
    return [part for part in parts if re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}", part)]


def sided(people: str, country: Country) -> str:
    """A demonym with the side that tells the country from the other one: "North Korean", where the source has "Korean"."""
    side, _, name = country["title"].partition(" ")
    return f"{side} {people}" if name == "Korea" and not people.startswith(side) else people


def with_article(title: str) -> str:
    """A country's name after "of"."""
    the = title.startswith(
        ("United ", "Central African", "Dominican Rep", "Democratic Rep", "Republic of")
    ) or title.endswith(
        ("Islands", "Maldives", "Philippines", "Netherlands", "Bahamas", "Gambia", "Comoros", "Seychelles")
    )
    return f"the {title}" if the else title
