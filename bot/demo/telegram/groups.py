"""Groups and channels: how a bot stands in them, and how Telegram refuses one that does not."""

from dataclasses import dataclass
from typing import Literal

from bot.demo.telegram.errors import bad, forbidden
from bot.demo.telegram.messages import Account, Json

Kind = Literal["group", "supergroup", "channel"]
PRESENT = frozenset({"member", "administrator", "restricted"})


@dataclass(slots=True, eq=False)
class Group(Account):
    """A group, supergroup or channel; a private one. `first_name` is its title, `bot_status` the bot's place."""

    kind: Kind = "group"
    bot_status: str = "left"
    may_post: bool = True

    def __post_init__(self) -> None:
        self.chat = {"id": self.id, "title": self.first_name, "type": self.kind}
        if self.kind == "group":
            self.chat["all_members_are_administrators"] = False
        self.user = {}
        self.started = True

    @property
    def present(self) -> bool:
        """Whether the bot is in it."""
        return self.bot_status in PRESENT

    def looked_at(self) -> None:
        """Raises 403 where a bot outside may not even look: left basic groups stay open to it."""
        if self.bot_status == "kicked" and self.kind != "group":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if not self.present and self.kind != "group":
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    def written_to(self) -> None:
        """Raises 403 for a bot outside, 400 for one without the right to write."""
        self.entered()
        if not self.may_post and self.kind == "channel":
            raise bad("need administrator rights in the channel chat")
        if not self.may_post:
            raise bad("not enough rights to send text messages to the chat")

    def entered(self) -> None:
        """Raises 403 for a bot outside."""
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if not self.present:
            raise forbidden(f"bot is not a member of the {self.kind} chat")


def member(bot: Json, group: Group, status: str) -> Json:
    """The bot as a ChatMember of a group."""
    more: Json = {}
    if status == "kicked":
        more = {"until_date": 0}
    elif status == "administrator":
        rights = (
            "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
            "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
            "can_delete_stories"
        )
        more = {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(rights.split(), False)}
        if group.kind == "channel":
            more |= {"can_post_messages": group.may_post, "can_edit_messages": False}
    return {"user": bot, "status": status, **more}
