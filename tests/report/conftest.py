"""The smallest set, for tests that change a word of it."""

from tests.rulebook.conftest import tiny as tiny
