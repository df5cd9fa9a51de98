"""What people do in groups and channels: bring the bot in, speak to it, throw it out."""

import re

from bot.demo.telegram.call import Call
from bot.demo.telegram.entities import tidy
from bot.demo.telegram.errors import ApiError, bad
from bot.demo.telegram.groups import Group, member
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Json
from bot.demo.telegram.world import World

_COMMAND = re.compile(r"/\w+(?:@(\w+))?")


class Company:
    """One person in one group. The bot hears there what its privacy mode lets through."""

    def __init__(self, hand: Hand, group: Group) -> None:
        self.hand, self.group, self.world = hand, group, hand.world

    def brings_the_bot(self, may_post: bool = True) -> None:
        """Adds the bot; in a channel it can only be an administrator."""
        if self.group.present:
            raise ApiError(409, "the bot is there already")
        self.group.may_post = may_post
        becomes = "administrator" if self.group.kind == "channel" else "member"
        _becomes(self.world, self.group, becomes, self.hand.account.user)
        if self.group.kind != "channel":
            bot = self.world.bot
            news = {"new_chat_participant": bot, "new_chat_member": bot, "new_chat_members": [bot]}
            self._says(news)

    def removes_the_bot(self) -> None:
        """Removes the bot for good."""
        if self.group.present:
            _becomes(self.world, self.group, "kicked", self.hand.account.user)

    def types(self, text: str) -> None:
        """Writes to the group; the bot hears commands that are not for another bot, and nothing else."""
        if self.group.kind == "channel":
            raise ApiError(400, "only those who run a channel write there")
        clean, entities = tidy(text, [])
        self._says(
            {"text": clean} | ({"entities": entities} if entities else {}), heard=self._is_meant(clean)
        )

    def _is_meant(self, text: str) -> bool:
        found = _COMMAND.match(text)
        whose = found[1] if found else None
        return found is not None and (whose is None or whose.lower() == self.world.bot["username"].lower())

    def _says(self, body: Json, heard: bool = True) -> None:
        message = self.world.post(self.group, self.hand.account.user, body)
        if heard and self.group.present:
            lifetime = self.world.rules.message_update_lifetime
            self.world.updates.add("message", message.api(), self.group.id, lifetime)


def leave_chat(world: World, call: Call) -> bool:
    """leaveChat: out of a group or channel. Raises 400 for a private chat, 403 where the bot is not in."""
    group = world.chat(call)
    if not isinstance(group, Group):
        raise bad("chat member status can't be changed in private chats")
    group.entered()
    _becomes(world, group, "left", world.bot)
    return True


def _becomes(world: World, group: Group, status: str, by: Json) -> None:
    change: Json = {"chat": group.chat, "from": by, "date": int(world.seconds())}
    change["old_chat_member"] = member(world.bot, group, group.bot_status)
    group.bot_status = status
    change["new_chat_member"] = member(world.bot, group, status)
    world.updates.add("my_chat_member", change, group.id, world.rules.message_update_lifetime)
    world.touch(group)
