"""A person's hand on the phone: everything somebody can do in the chat with the bot."""

from typing import Any

from bot.demo.telegram.attachments import OTHERS, PHOTO, STICKER
from bot.demo.telegram.entities import is_blank, tidy, units
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.messages import Account, Json, Message, Query
from bot.demo.telegram.world import World


class Hand:
    """Acts for one account. Each act lands in the chat and in the bot's queue at once."""

    def __init__(self, world: World, account: Account) -> None:
        self.world = world
        self.account = account

    def types(self, text: str, reply_to: int | None = None) -> int:
        """Sends a text; the app cuts longer ones in pieces. Returns the (last) message_id."""
        pieces = _pieces(text, self.world.rules.text)
        if not pieces:
            raise ApiError(400, "the app does not send an empty message")
        replied = self.account.messages.get(reply_to) if reply_to else None
        message_id = 0
        for piece in pieces:
            clean, entities = tidy(piece, [])
            body: Json = {"text": clean} | ({"entities": entities} if entities else {})
            message_id = self._says(body, reply_to=replied)
        if self.account.reply_keyboard and self.account.reply_keyboard.get("one_time_keyboard"):
            self.account.reply_keyboard = None
        return message_id

    def edits(self, message_id: int, text: str) -> None:
        """Changes an own text message; the bot gets an edited_message."""
        message = self._own(message_id)
        clean, entities = tidy(text, [])
        message.body = {"text": clean} | ({"entities": entities} if entities else {})
        message.edit_date = int(self.world.seconds())
        self.world.touch(self.account, message)
        self._update("edited_message", message.api())

    def presses(self, message_id: int, row: int, column: int) -> Query | str:
        """Presses an inline button. Returns the query, or the address if the button only opens one."""
        message = self._message(message_id)
        try:
            button = (message.inline or [])[row][column]
        except IndexError:
            raise ApiError(404, f"no button at row {row}, column {column}") from None
        if "callback_data" not in button:
            return str(button.get("url") or button.get("copy_text", {}).get("text") or "")
        self._needs_open_chat()
        return self.forges(message_id, button["callback_data"])

    def forges(self, message_id: int, data: str) -> Query:
        """Presses a button that need not exist, as a tampered app would."""
        message = self._message(message_id)
        query = self.world.ask(self.account, message_id, data)
        self._update(
            "callback_query", self._callback(query, message), self.world.rules.callback_update_lifetime
        )
        return query

    def _callback(self, query: Query, message: Message) -> Json:
        return {
            "id": query.query_id,
            "from": self.account.user,
            "message": message.api(),
            "chat_instance": str(-(self.account.id * 7919 + 1)),
            "data": query.data,
        }

    def shares_contact(self, phone_number: str = "", first_name: str = "", user_id: int | None = None) -> int:
        """Shares the own contact, or with a number somebody else's."""
        contact: Json = {"phone_number": phone_number or self.account.phone}
        contact["first_name"] = first_name or self.account.first_name
        if not phone_number or user_id is not None:
            contact["user_id"] = user_id or self.account.id
        return self._says({"contact": contact})

    def sends_photo(self, caption: str = "") -> int:
        """Sends a photo, perhaps with words below."""
        clean, entities = tidy(caption, [])
        words = {"caption": clean} if clean else {}
        return self._says({"photo": PHOTO, **words} | ({"caption_entities": entities} if entities else {}))

    def sends_sticker(self) -> int:
        """Sends a sticker."""
        return self._says({"sticker": STICKER})

    def sends_location(self, latitude: float = 50.886, longitude: float = 7.060) -> int:
        """Sends a place; by default the middle of Porz."""
        return self._says({"location": {"latitude": latitude, "longitude": longitude}})

    def speaks(self, seconds: int = 8) -> int:
        """Records a voice message of that length and sends it."""
        said = self.world.media.spoken(self.world.rules, seconds)
        return self._says({"voice": said.shape})

    def sends(self, what: str) -> int:
        """Sends a voice, audio, video, video_note, animation, document, dice, venue or poll that is nowhere kept."""
        return self._says(OTHERS[what])

    def forwards(self, text: str, sender_name: str = "Nachbarin") -> int:
        """Forwards a text somebody else wrote."""
        date = int(self.world.seconds())
        origin = {"type": "hidden_user", "sender_user_name": sender_name, "date": date}
        clean, entities = tidy(text, [])
        body: Json = {"forward_origin": origin, "text": clean} | ({"entities": entities} if entities else {})
        return self._says(body)

    def deletes(self, message_id: int) -> None:
        """Deletes a message from the chat. Telegram tells the bot nothing."""
        self._message(message_id)
        self.account.loses(message_id)
        self.world.touch(self.account)

    def blocks(self) -> None:
        """Blocks the bot."""
        if not self.account.blocked:
            self._membership("member", "kicked")
            self.account.blocked = True
            self.world.touch(self.account)

    def unblocks(self) -> None:
        """Unblocks the bot."""
        if self.account.blocked:
            self._membership("kicked", "member")
            self.account.blocked = False
            self.world.touch(self.account)

    def _membership(self, old: str, new: str) -> None:
        if self.account.started:
            change = {"chat": self.account.chat, "from": self.account.user, "date": int(self.world.seconds())}
            change |= {"old_chat_member": self._member(old), "new_chat_member": self._member(new)}
            self._update("my_chat_member", change)

    def _member(self, status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.world.bot, "status": status, **until}

    def _says(self, body: Json, reply_to: Message | None = None) -> int:
        self._needs_open_chat()
        self.account.started = True
        message = self.world.post(self.account, self.account.user, body, reply_to=reply_to)
        self._update("message", message.api())
        return message.message_id

    def _needs_open_chat(self) -> None:
        if self.account.blocked:
            raise ApiError(409, "the bot is blocked on this phone: unblock it first")

    def _message(self, message_id: int) -> Message:
        message = self.account.messages.get(message_id)
        if message is None:
            raise ApiError(404, f"no message {message_id} on this phone")
        return message

    def _own(self, message_id: int) -> Message:
        message = self._message(message_id)
        if message.from_bot or "text" not in message.body:
            raise ApiError(400, f"message {message_id} is not one this person can edit")
        return message

    def _update(self, kind: str, payload: Any, lifetime: float | None = None) -> None:
        seconds = self.world.rules.message_update_lifetime if lifetime is None else lifetime
        self.world.updates.add(kind, payload, self.account.id, seconds)


def _pieces(text: str, limit: int) -> list[str]:
    pieces: list[str] = []
    while not is_blank(text):
        end = limit
        while units(text[:end]) > limit:
            end -= 1
        pieces.append(text[:end])
        text = text[end:]
    return [piece for piece in pieces if not is_blank(piece)]
