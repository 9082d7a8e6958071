"""Who may do what: every staff endpoint and the roles that open it. What is not here is closed."""

from collections.abc import Mapping

from web.accounts.models import Role

EVERYBODY = frozenset(Role)
WRITING = frozenset({Role.WRITER, Role.REVIEWER, Role.ADMIN})
PUBLISHING = frozenset({Role.REVIEWER, Role.ADMIN})
ANSWERING = frozenset({Role.AGENT, Role.ADMIN})
RULING = frozenset({Role.ADMIN})

STAFF_BLUEPRINTS = frozenset({"accounts", "edit", "desk", "admin"})
OPEN = frozenset({"accounts.sign_in", "accounts.check_sign_in"})
# may be used before a one-time password has been changed
BEFORE_NEW_PASSWORD = frozenset(
    {"accounts.password", "accounts.change_password", "accounts.sign_out"}
)
# asked for by the page itself: keeps nobody signed in
BACKGROUND = frozenset(
    {"desk.queue_part", "desk.ticket_part", "admin.golden_waiting", "edit.slang_state"}
)

RIGHTS: Mapping[str, frozenset[Role]] = {
    "accounts.start": EVERYBODY,
    "accounts.sign_out": EVERYBODY,
    "accounts.profile": EVERYBODY,
    "accounts.save_profile": EVERYBODY,
    "accounts.password": EVERYBODY,
    "accounts.change_password": EVERYBODY,
    "accounts.revoke_session": EVERYBODY,
    "accounts.revoke_others": EVERYBODY,
    "edit.index": WRITING,
    "edit.new": WRITING,
    "edit.create": WRITING,
    "edit.article": WRITING,
    "edit.save": WRITING,
    "edit.preview": WRITING,
    "edit.add_picture": WRITING,
    "edit.slug": WRITING,
    "edit.confirm_publish": WRITING,
    "edit.clash": WRITING,
    "edit.withdraw": WRITING,
    "edit.send_back": WRITING,
    "edit.conflict": WRITING,
    "edit.revisions": WRITING,
    "edit.compare": WRITING,
    "edit.request_review": WRITING,
    "edit.discard": WRITING,
    "edit.restore": WRITING,
    "edit.publish": WRITING,
    "edit.archive": WRITING,
    "edit.what_if": WRITING,
    "edit.try_edit": WRITING,
    "edit.what_if_json": WRITING,
    "edit.rename": WRITING,
    "edit.learn": WRITING,
    "edit.accept_suggestions": WRITING,
    "edit.decline_suggestions": WRITING,
    "edit.slang": WRITING,
    "edit.slang_entry": WRITING,
    "edit.slang_state": WRITING,
    "edit.save_slang": WRITING,
    "edit.remove_slang": WRITING,
    "edit.conflicts": WRITING,
    "edit.resolve_conflict": WRITING,
    "desk.index": ANSWERING,
    "desk.queue_part": ANSWERING,
    "desk.ticket": ANSWERING,
    "desk.ticket_part": ANSWERING,
    "desk.pick_article": ANSWERING,
    "desk.take": ANSWERING,
    "desk.release": ANSWERING,
    "desk.reply": ANSWERING,
    "desk.note": ANSWERING,
    "desk.solve": ANSWERING,
    "desk.reopen": ANSWERING,
    "desk.verdict": ANSWERING,
    "desk.review": ANSWERING,
    "desk.record_review": ANSWERING,
    "desk.decision": EVERYBODY,
    "admin.golden": PUBLISHING,
    "admin.create_golden": PUBLISHING,
    "admin.golden_set": PUBLISHING,
    "admin.rename_golden": PUBLISHING,
    "admin.delete_golden": RULING,
    "admin.add_golden_question": PUBLISHING,
    "admin.edit_golden_question": PUBLISHING,
    "admin.remove_golden_question": PUBLISHING,
    "admin.import_golden": PUBLISHING,
    "admin.take_in_judged": PUBLISHING,
    "admin.export_golden": PUBLISHING,
    "admin.run_golden": PUBLISHING,
    "admin.golden_waiting": PUBLISHING,
    "admin.golden_run": PUBLISHING,
    "admin.index": RULING,
    "admin.numbers": RULING,
    "admin.numbers_csv": RULING,
    "admin.drift": RULING,
    "admin.dismiss_caution": RULING,
    "admin.welcome": RULING,
    "admin.finish_welcome": RULING,
    "admin.notice": RULING,
    "admin.save_notice": RULING,
    "admin.firm": RULING,
    "admin.save_firm": RULING,
    "admin.test_mail": RULING,
    "admin.thresholds": RULING,
    "admin.change_threshold": RULING,
    "admin.change_posture": RULING,
    "admin.promises": RULING,
    "admin.make_promise": RULING,
    "admin.withdraw_promise": RULING,
    "admin.confidence": RULING,
    "admin.accept_refit": RULING,
    "admin.withdraw_refit": RULING,
    "admin.set_refit": RULING,
    "admin.try_out": RULING,
    "admin.try_text": RULING,
    "admin.what_if": RULING,
    "admin.try_change": RULING,
    "admin.what_if_json": RULING,
    "admin.staff": RULING,
    "admin.add_staff": RULING,
    "admin.change_roles": RULING,
    "admin.disable_staff": RULING,
    "admin.enable_staff": RULING,
    "admin.reset_password": RULING,
    "admin.api_keys": RULING,
    "admin.create_api_key": RULING,
    "admin.revoke_api_key": RULING,
    "admin.wording": RULING,
    "admin.save_wording": RULING,
    "admin.audit": RULING,
}


def rights_table() -> str:
    """RIGHTS as a Markdown table, for the documentation."""
    head = f"| page or action | {' | '.join(Role)} |\n|---|{'---|' * len(Role)}\n"
    rows = (
        f"| `{endpoint}` | {' | '.join('yes' if role in roles else '' for role in Role)} |"
        for endpoint, roles in RIGHTS.items()
    )
    return head + "\n".join(rows) + "\n"
