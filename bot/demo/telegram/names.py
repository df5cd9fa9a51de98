"""Which parameter and field names Telegram knows. What it does not know, it ignores without a word."""

from collections.abc import Iterator
from typing import Any


def words(line: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(line.split())


_SEND = (
    "chat_id business_connection_id message_thread_id direct_messages_topic_id disable_notification "
    "protect_content allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters "
    "reply_markup reply_to_message_id allow_sending_without_reply"
)
_CAPTION = "caption parse_mode caption_entities show_caption_above_media"
_LIST = {
    "getupdates": "offset limit timeout allowed_updates",
    "setwebhook": "url certificate ip_address max_connections allowed_updates drop_pending_updates "
    "secret_token",
    "deletewebhook": "drop_pending_updates",
    "getwebhookinfo": "",
    "getme": "",
    "getchat": "chat_id",
    "sendmessage": f"{_SEND} text parse_mode entities link_preview_options disable_web_page_preview",
    "sendphoto": f"{_SEND} {_CAPTION} photo has_spoiler",
    "senddocument": f"{_SEND} {_CAPTION} document thumbnail disable_content_type_detection",
    "sendvoice": f"{_SEND} caption parse_mode caption_entities voice duration",
    "sendlocation": f"{_SEND} latitude longitude horizontal_accuracy live_period heading "
    "proximity_alert_radius",
    "sendvenue": f"{_SEND} latitude longitude title address foursquare_id foursquare_type google_place_id "
    "google_place_type",
    "sendcontact": f"{_SEND} phone_number first_name last_name vcard",
    "copymessage": f"{_SEND} {_CAPTION} from_chat_id message_id video_start_timestamp",
    "sendchataction": "chat_id action business_connection_id message_thread_id",
    "editmessagetext": "business_connection_id chat_id message_id inline_message_id text parse_mode entities "
    "link_preview_options disable_web_page_preview reply_markup",
    "editmessagereplymarkup": "business_connection_id chat_id message_id inline_message_id reply_markup",
    "answercallbackquery": "callback_query_id text show_alert url cache_time",
    "answerinlinequery": "inline_query_id results cache_time is_personal next_offset button switch_pm_text "
    "switch_pm_parameter",
    "leavechat": "chat_id",
    "deletemessage": "chat_id message_id",
    "deletemessages": "chat_id message_ids",
    "pinchatmessage": "business_connection_id chat_id message_id disable_notification",
    "unpinchatmessage": "business_connection_id chat_id message_id",
    "setmycommands": "commands scope language_code",
    "getmycommands": "scope language_code",
    "deletemycommands": "scope language_code",
    "setchatmenubutton": "chat_id menu_button",
    "getchatmenubutton": "chat_id",
}
PARAMETERS = {method: words(names) for method, names in _LIST.items()}

# Telegram acts on these, the double does not: using one unnoticed would make a test worthless.
NOT_MODELLED = words(
    "business_connection_id message_thread_id direct_messages_topic_id allow_paid_broadcast "
    "message_effect_id suggested_post_parameters certificate ip_address thumbnail inline_message_id "
    "video_start_timestamp switch_pm_text switch_pm_parameter live_period heading proximity_alert_radius"
)

BUTTON = words("text icon_custom_emoji_id style")
INLINE_KINDS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
KEY_KINDS = (
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
    "request_users",
    "request_chat",
    "request_managed_bot",
)
MARKUPS = {
    "keyboard": words(
        "keyboard is_persistent resize_keyboard one_time_keyboard input_field_placeholder selective"
    ),
    "inline_keyboard": frozenset({"inline_keyboard"}),
    "remove_keyboard": frozenset({"remove_keyboard", "selective"}),
    "force_reply": frozenset({"force_reply", "input_field_placeholder", "selective"}),
}
LINK_PREVIEW = words("is_disabled url prefer_small_media prefer_large_media show_above_text")
REPLY = words(
    "message_id chat_id allow_sending_without_reply quote quote_parse_mode quote_entities quote_position "
    "checklist_task_id poll_option_id"
)
ENTITY = words("type offset length url user language custom_emoji_id unix_time date_time_format")
COMMAND = frozenset({"command", "description"})
SCOPE = frozenset({"type", "chat_id", "user_id"})
MENU = frozenset({"type", "text", "web_app"})


def unknown(holder: dict[str, Any], known: frozenset[str], path: str) -> Iterator[str]:
    """The names of an object Telegram would pass over, each with the path to it."""
    if not holder.keys() <= known:
        for name in sorted(holder.keys() - known):
            yield f"{path}.{name}" if path else name


def unknown_parameters(method: str, params: dict[str, Any]) -> Iterator[str]:
    """Top-level names Telegram would pass over, and those this double does not model."""
    yield from unknown(params, PARAMETERS[method], "")
    if not NOT_MODELLED.isdisjoint(params):
        for name in sorted(NOT_MODELLED & params.keys() & PARAMETERS[method]):
            yield f"{name} (not modelled here)"
