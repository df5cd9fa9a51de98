"""The world of one bot: accounts, chats, the update queue and everything the bot may have set."""

import itertools
import random
from collections import OrderedDict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.clock import Clock
from bot.demo.telegram.call import Call, leading_integer
from bot.demo.telegram.errors import bad, forbidden, moved
from bot.demo.telegram.events import Hub
from bot.demo.telegram.faults import Faults
from bot.demo.telegram.groups import Group, Kind
from bot.demo.telegram.media import Media
from bot.demo.telegram.menus import Menus
from bot.demo.telegram.messages import Account, Json, Message, Query
from bot.demo.telegram.pace import Pace
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.transcript import Ignored, Transcript
from bot.demo.telegram.updates import UpdateQueue
from bot.demo.telegram.webhook import Webhook

if TYPE_CHECKING:
    from bot.demo.telegram.inline import InlineQuery

TOKEN = "4200000017:loopback-token-that-opens-no-door"  # noqa: S105 - it opens nothing but this double
# Above 32 bits, as real ids are today: whoever stores them too small finds out here.
_FIRST_ACCOUNT = 7_000_000_001
_FIRST_GROUP = {"group": 5_000_000_001, "supergroup": 1_002_000_000_001, "channel": 1_003_000_000_001}


class World:
    """All state of the double. Lives on one event loop; every method acts at once."""

    def __init__(
        self,
        clock: Clock,
        token: str = TOKEN,
        username: str = "PaenzPorzBot",
        name: str = "Pänz",
        rules: Rules | None = None,
        seed: int | None = None,
    ) -> None:
        self.clock = clock
        self.token = token
        self.rules = rules or Rules()
        self.accounts: dict[int, Account] = {}
        self.groups: dict[int, Group] = {}
        self.bot: Json = {
            "id": leading_integer(token),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.dice = random.Random(seed)
        self.pace = Pace(lambda: self.rules, self.seconds)
        self.faults = Faults(self.seconds, seed or 0)
        self.updates = UpdateQueue(lambda: self.rules, self.seconds, self.dice.randrange(10**8, 9 * 10**8))
        self.webhook = Webhook(self)
        self.requests = Transcript(self.rules.requests_kept)
        self.media = Media()
        self.menus = Menus()
        self.hub = Hub()
        self.queries: OrderedDict[str, Query] = OrderedDict()
        self.inline_queries: OrderedDict[str, InlineQuery] = OrderedDict()
        self._account_ids = itertools.count(_FIRST_ACCOUNT)
        self._message_ids = itertools.count(1)
        self.updates.duplicating = self.faults.duplicates
        self.faults.on_change = self._faults_changed

    @property
    def ignored(self) -> list[Ignored]:
        """Parameters Telegram would have passed over, each (method, name) once."""
        return self.requests.ignored

    def seconds(self) -> float:
        """Now as unix seconds, by the injected clock."""
        return self.clock.now().timestamp()

    def _faults_changed(self) -> None:
        self.updates.interrupt()
        self.hub.tell("faults", None, self.faults.shown())

    def account(
        self,
        first_name: str,
        language_code: str | None = None,
        id: int | None = None,
        last_name: str | None = None,
        username: str | None = None,
    ) -> Account:
        """A new Telegram account, a stranger to the bot until it writes. Raises 400 for a taken id."""
        chosen = next(self._account_ids) if id is None else id
        if chosen in self.accounts or chosen <= 0:
            raise bad(f"account id {chosen} is taken or not positive")
        account = Account(
            chosen, first_name, language_code, last_name, username, f"+49221{chosen % 10**7:07}"
        )
        self.accounts[chosen] = account
        self.hub.tell("accounts", None, {"id": chosen})
        return account

    def group(self, title: str, kind: Kind = "group") -> Group:
        """A new group, supergroup or channel without the bot in it."""
        group = Group(-_FIRST_GROUP[kind] - len(self.groups), title, kind=kind)
        self.groups[group.id] = group
        return group

    def chat(self, call: Call, name: str = "chat_id") -> Account:
        """The chat a call names. Raises 400 "chat not found" and what else forbids any access."""
        raw = call.text(name)
        if not raw:
            raise bad(f"{name} is empty")
        group = self.groups.get(leading_integer(raw))
        if group is not None:
            group.looked_at()
            return group
        account = self.accounts.get(leading_integer(raw))
        # Who never wrote is a stranger: without an access hash Telegram says "chat not found". The 403
        # "bot can't initiate conversation with a user" is for people met in a group, which is not modelled.
        if account is None or not account.started:
            raise bad("chat not found")
        if account.moved_to is not None:
            raise moved(account.moved_to)
        if account.deactivated:
            raise forbidden("user is deactivated")
        return account

    def open_chat(self, call: Call) -> Account:
        """The chat a call writes to. Raises 403 when the person has blocked the bot."""
        account = self.chat(call)
        if isinstance(account, Group):
            account.written_to()
        if account.blocked:
            raise forbidden("bot was blocked by the user")
        return account

    def message(self, account: Account, message_id: int, purpose: str) -> Message:
        """A message of a chat. Raises 400 "<purpose> not found"."""
        message = account.messages.get(message_id)
        if message is None:
            raise bad(f"{purpose} not found")
        return message

    def post(self, account: Account, sender: Json, body: Json, **envelope: Any) -> Message:
        """Puts a message into a chat, from the bot or from the person."""
        message_id = next(self._message_ids)
        from_bot = sender is self.bot
        message = Message(message_id, account, from_bot, sender, int(self.seconds()), body, **envelope)
        account.messages[message_id] = message
        if len(account.messages) > self.rules.messages_kept:
            account.messages.popitem(last=False)
        if from_bot:
            account.typing_until = 0.0
        self.touch(account, message)
        return message

    def touch(self, account: Account, message: Message | None = None) -> None:
        """Counts the revision up and tells whoever looks; a changed message becomes news again."""
        account.revision += 1
        if message is not None:
            message.fresh = True
        self.hub.tell("chat", account.id, {"id": account.id, "revision": account.revision})
        account.changed.ring()

    def ask(self, account: Account, message_id: int, data: str) -> Query:
        """Opens a callback query for a pressed button."""
        query_id = str(self.dice.randrange(10**17, 10**18))
        query = Query(query_id, account, message_id, data, self.seconds())
        self.queries[query_id] = query
        if len(self.queries) > self.rules.queries_kept:
            self.queries.popitem(last=False)
        return query

    def told_time(self) -> dict[str, str]:
        """Tells the watchers what time it is now, after the clock was wound."""
        news = {"now": iso(self.seconds())}
        self.hub.tell("clock", None, news)
        return news


def iso(seconds: float) -> str:
    """Unix seconds as an ISO 8601 time in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
