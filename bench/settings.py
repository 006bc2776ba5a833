"""The product's settings, with two bare views to compare with and a count of queries on request."""

from nearer.settings import *  # noqa: F403 -- everything but these few lines is the product's own.
from nearer.settings import MIDDLEWARE as PRODUCT

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.counting.CountQueries", *PRODUCT]
