"""Every page of the administration; importing it fills the blueprint."""

from web.admin import (
    api_key_views,
    audit_views,
    confidence_views,
    drift_views,
    firm_views,
    golden_run_views,
    golden_views,
    notice_views,
    numbers_views,
    overview_views,
    posture_views,
    promise_views,
    staff_views,
    threshold_views,
    try_out_views,
    what_if_views,
    wording_views,
)
from web.admin.blueprint import bp as admin_pages

__all__ = [
    "admin_pages",
    "api_key_views",
    "audit_views",
    "confidence_views",
    "drift_views",
    "firm_views",
    "golden_run_views",
    "golden_views",
    "notice_views",
    "numbers_views",
    "overview_views",
    "posture_views",
    "promise_views",
    "staff_views",
    "threshold_views",
    "try_out_views",
    "what_if_views",
    "wording_views",
]
