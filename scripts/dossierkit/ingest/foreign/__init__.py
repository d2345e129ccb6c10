"""Statements about articles in exports of other programs: each format -> `ForeignItem`s. Pure."""
