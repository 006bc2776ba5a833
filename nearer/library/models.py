"""What the library keeps. Articles and comments are public; what one person marks is a sealed record."""

from __future__ import annotations

import uuid
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q


class Pack(models.Model):
    """A folder of articles that was loaded."""

    slug = models.SlugField(max_length=60, primary_key=True)
    title = models.CharField(max_length=240)
    version = models.CharField(max_length=20)
    maker = models.CharField(max_length=240)
    licence = models.CharField(max_length=240)
    language = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    loaded_on = models.DateField()


class Picture(models.Model):
    """A drawing of a pack."""

    slug = models.SlugField(max_length=121, primary_key=True)  # the pack's and its own
    pack = models.ForeignKey(Pack, models.CASCADE, related_name="pictures")
    drawing = models.TextField()


class Category(models.Model):
    """Where an article stands."""

    slug = models.SlugField(max_length=60, primary_key=True)
    name = models.CharField(max_length=240)
    about = models.CharField(max_length=240, blank=True)
    place = models.PositiveSmallIntegerField(default=99)

    class Meta:
        ordering = ["place", "name"]

    @property
    def sign(self) -> str:
        """Its address for whoever has an account: their browser's history need not tell what they read about."""
        return sha256(self.slug.encode()).hexdigest()[:8]


class Author(models.Model):
    """Somebody who stands for articles, under a public name. An account may write, edit or review as them."""

    slug = models.SlugField(max_length=60, primary_key=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=240, blank=True)
    about = models.TextField(blank=True)
    credentials = models.JSONField(default=list)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="byline"
    )


class Article(models.Model):
    """One article: where it stands, and which of its versions people read."""

    class State(models.TextChoices):
        """How far its newest version has come."""

        DRAFT = "draft"
        EDITED = "edited"
        REVIEWED = "reviewed"
        PUBLISHED = "published"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="articles")
    pack = models.ForeignKey(Pack, models.CASCADE, null=True, related_name="articles")
    author = models.ForeignKey(Author, models.PROTECT, related_name="written")
    editor = models.ForeignKey(Author, models.PROTECT, null=True, related_name="edited")
    reviewer = models.ForeignKey(Author, models.PROTECT, null=True, related_name="reviewed")
    checked_on = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    published_on = models.DateField(null=True)
    live = models.ForeignKey("Version", models.SET_NULL, null=True, related_name="+")
    # What lists and the search need of the version that people read.
    title = models.CharField(max_length=90, blank=True)
    summary = models.CharField(max_length=240, blank=True)
    minutes = models.PositiveSmallIntegerField(default=1)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True, checked_on__isnull=True)
                | Q(reviewer__isnull=False, checked_on__isnull=False),
                name="a_check_has_a_name_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(live__isnull=True) | Q(published_on__isnull=False), name="what_is_read_has_a_day"
            ),
        ]


class Version(models.Model):
    """One version of an article's words. Versions are only ever added."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=Article.State)
    by = models.ForeignKey(Author, models.SET_NULL, null=True, related_name="+")
    on = models.DateField()
    note = models.CharField(max_length=240, blank=True)
    document = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_version_a_number")]


class Role(models.Model):
    """What an account may do beyond what everybody may: four things in the library, and looking after the copy.

    Whoever has the command line gives and takes roles. None of them opens a word of anybody's.
    """

    class Kind(models.TextChoices):
        """The five things one can be; see `nearer/operating` for the last."""

        AUTHOR = "author"
        EDITOR = "editor"
        REVIEWER = "reviewer"
        MODERATOR = "moderator"
        OPERATOR = "operator"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=9, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="a_role_is_given_once")]


class Voice(models.Model):
    """The name under which somebody comments. It has nothing to do with any bond."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="voice")
    name = models.CharField(max_length=40)
    spelling = models.CharField(max_length=80, unique=True)
    made_on = models.DateField()


class Comment(models.Model):
    """What somebody says beneath an article, or answers there."""

    class State(models.TextChoices):
        """Who sees it."""

        WAITING = "waiting"  # its writer and moderators
        SHOWN = "shown"
        HIDDEN = "hidden"  # its writer sees that it was taken down

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="comments")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="comments")
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    text = models.TextField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["article", "state"], name="comments_of_an_article")]


class Report(models.Model):
    """Somebody's word that a comment should be looked at."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "voice"], name="reported_once")]
