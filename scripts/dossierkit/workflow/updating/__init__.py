"""Proposals made again and merged into pages."""
