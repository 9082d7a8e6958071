"""The writers' pages, gathered under one blueprint."""

from flask import Blueprint

bp = Blueprint("edit", __name__, url_prefix="/edit")
