// One phone in a person's hand: who holds it, what its screen shows, and what happens when it is touched.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { copy, el, write } from "./dom.js";
import { dirOf, endonym, ROLES, tag } from "./languages.js";
import { Log } from "./log.js";
import { popover } from "./popover.js";
import { alarm, calling, enlarged, leaving, toast } from "./sheets.js";
import { openable, startCode } from "./text.js";
import { wall } from "./time.js";

const TYPING = 5500;
const PATIENCE = 15000;

export class Phone {
  #desk;
  #log;
  #composer;
  #chat = null;
  #reading = null;
  #again = false;
  #typing = 0;

  /** `desk` is the page: bot, clock, activate(phone), deepLink(phone, code), changed(). */
  constructor(entry, hue, desk) {
    this.#desk = desk;
    this.id = entry.id;
    this.hue = hue;
    this.unread = 0;
    this.node = copy("phone-template");
    this.tab = el("button", { type: "button", role: "tab", class: "tab", "aria-controls": `phone-${this.id}` });
    this.screen = this.find(".screen");
    this.holder = {};
    this.introduce(entry);
    this.#log = new Log(this.find(".log"), this.holder, () => this.#looked());
    this.#composer = new Composer(this.find(".foot"), this.holder, {
      say: (text) => this.say(text),
      share: (kind) => this.#try(() => api.share(this.id, kind)),
      unblock: () => this.#try(() => api.unblock(this.id)),
    });
    this.#dress();
    this.#listen();
  }

  find(selector) {
    return this.node.querySelector(selector);
  }

  /** Takes over who holds this phone; called again when the cast changes. */
  introduce({ name, first_name, role, language, language_code, dir, family }) {
    const code = language ?? language_code ?? "";
    Object.assign(this.holder, { name: name ?? first_name, role, code, tag: tag(code), dir: dir ?? dirOf(code) });
    this.described = [ROLES[role] ?? role, family && `family ${family}`, endonym(code)].filter(Boolean).join(" · ");
    write(this.find(".holder .name"), this.holder.name);
    write(this.find(".holder .role"), [ROLES[role] ?? role, family].filter(Boolean).join(" · "));
    write(this.find(".holder .tongue"), endonym(code));
    this.find(".holder .tongue").lang = this.holder.tag;
    this.find(".holder .role").hidden = !role;
    this.find(".holder .face").replaceChildren(this.face());
    this.#count();
  }

  face() {
    // The last word's letter: "Frau Klein" and "Frau Koch" are told apart by nothing else.
    const word = (this.holder.name ?? "").split(" ").findLast((part) => /^\p{L}/u.test(part)) ?? "?";
    return el("span", { class: `avatar hue-${this.hue}`, "aria-hidden": "true" }, [...word][0]);
  }

  #dress() {
    this.node.id = `phone-${this.id}`;
    this.node.dataset.id = this.id;
    this.node.classList.add(`hue-${this.hue}`);
    this.node.setAttribute("aria-label", `${this.holder.name}'s phone`);
    this.find(".log").setAttribute("aria-label", `Messages on ${this.holder.name}'s phone`);
    write(this.find(".head .name"), this.#desk.bot.name);
    this.tick();
    const foot = this.find(".foot");
    new ResizeObserver(() => this.screen.style.setProperty("--foot", `${foot.offsetHeight}px`)).observe(foot);
  }

  #listen() {
    this.node.addEventListener("pointerdown", () => this.#desk.activate(this));
    this.node.addEventListener("focusin", () => this.#desk.activate(this));
    this.find(".holder").addEventListener("click", () => this.enter());
    this.find(".log").addEventListener("click", (event) => this.#tapped(event));
    this.find(".log").addEventListener("keydown", (event) => {
      if ([" ", "Enter"].includes(event.key) && event.target.matches("[role=button]:not([href]), a.key")) {
        event.preventDefault();
        event.target.click();
      }
    });
    this.find(".to-end").addEventListener("click", () => this.#log.toEnd());
    this.find(".pinned").addEventListener("click", () => this.#log.reveal(this.find(".pinned").dataset.message));
    popover(this.find(".head"), this.find(".more"), this.find(".deeds"));
    this.find(".block").addEventListener("click", () => this.#toggleBlock());
    this.find(".forget").addEventListener("click", () => this.#try(() => api.remove(this.id, this.#mine().message_id)));
  }

  enter() {
    this.#desk.activate(this);
    this.find(".entry").offsetParent ? this.find(".entry").focus({ preventScroll: true }) : this.find(".log").focus({ preventScroll: true });
  }

  tick() {
    const { time } = wall(this.#desk.clock.now());
    write(this.find(".status time"), time);
  }

  // ---- what the demo says -------------------------------------------------------------------------------

  /** Reads this chat; calls that arrive meanwhile are answered by one more reading afterwards. */
  async read() {
    this.#again = true;
    this.#reading ??= (async () => {
      while (this.#again) {
        this.#again = false;
        await this.#try(async () => this.#show(await api.chatOf(this.id)));
      }
      this.#reading = null;
    })();
    return this.#reading;
  }

  #show(chat) {
    this.#chat = chat;
    this.node.classList.toggle("is-blocked", chat.blocked);
    this.#composer.patch(chat);
    const fresh = this.#log.patch(chat.messages);
    this.#pin(chat.messages.filter((message) => message.pinned).at(-1));
    write(this.find(".block"), chat.blocked ? "Unblock the bot" : "Block the bot");
    this.find(".forget").hidden = !this.#mine();
    this.find(".more").hidden = chat.started === false && chat.messages.length === 0;
    if (chat.typing) this.typing();
    else this.#stopTyping();
    if (fresh && !this.#attended()) this.unread += fresh;
    this.#count();
  }

  #pin(message) {
    const bar = this.find(".pinned");
    bar.hidden = !message;
    if (!message) return;
    bar.dataset.message = message.message_id;
    write(bar.querySelector(".line"), (message.text ?? message.caption ?? "Photo").split("\n")[0]);
  }

  typing() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#stopTyping(), TYPING);
    if (this.node.classList.contains("is-typing")) return;
    this.node.classList.add("is-typing");
    this.#status();
  }

  #stopTyping() {
    clearTimeout(this.#typing);
    this.node.classList.remove("is-typing");
    this.#status();
  }

  #status() {
    const words = this.#chat?.blocked ? "blocked" : this.node.classList.contains("is-typing") ? "typing" : "bot";
    write(this.find(".head .status-line"), words);
  }

  // ---- attention ----------------------------------------------------------------------------------------

  #attended() {
    return this.node.classList.contains("is-active") && this.#log.atEnd && !document.hidden;
  }

  #looked() {
    if (this.#attended()) this.unread = 0;
    this.#count();
  }

  /** Called when this phone becomes, or stops being, the one looked at. */
  active(is) {
    this.node.classList.toggle("is-active", is);
    this.tab.setAttribute("aria-selected", String(is));
    this.tab.tabIndex = is ? 0 : -1;
    this.#looked();
  }

  #count() {
    const words = this.unread ? `${this.unread} unread` : "";
    for (const badge of this.node.querySelectorAll(".unread")) {
      write(badge, this.unread ? String(this.unread) : "");
      badge.hidden = !this.unread;
    }
    this.node.classList.toggle("is-up", !(this.#log?.atEnd ?? true));
    this.find(".holder").setAttribute("aria-label", [this.holder.name, this.described, words].filter(Boolean).join(", "));
    this.tab.setAttribute("aria-label", [this.holder.name, words].filter(Boolean).join(", "));
    this.tab.replaceChildren(this.face(), el("bdi", {}, this.holder.name), ...(words ? [el("span", { class: "unread" }, String(this.unread))] : []));
  }

  // ---- what the person does -----------------------------------------------------------------------------

  say(text) {
    return this.#try(() => api.say(this.id, text));
  }

  #tapped(event) {
    const target = event.target.closest("[data-press],[data-open],[data-call],[data-say],[data-enlarge],.spoiler");
    if (!target) return;
    const { press, open, call: number, say, enlarge } = target.dataset;
    if (!target.matches(".paper")) event.preventDefault();
    if (press !== undefined) this.#press(target);
    else if (number) calling(this.screen, number);
    else if (open) this.#open(open);
    else if (say) this.say(say);
    else if (enlarge) enlarged(enlarge, target.querySelector("img").alt);
    else target.classList.add("shown");
  }

  #open(url) {
    if (/^tel:/i.test(url)) return calling(this.screen, decodeURIComponent(url.slice(4)));
    if (!openable(url)) return this.notice("This link cannot be opened.", "late");
    const code = startCode(url, this.#desk.bot.username);
    return code ? this.#desk.deepLink(this, code) : leaving(this.screen, url);
  }

  async #press(button) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const message = Number(button.closest(".message").dataset.message);
    await this.#try(async () => {
      const { query_id, url } = await api.press(this.id, message, Number(button.dataset.row), Number(button.dataset.column));
      if (query_id) await this.#awaited(query_id);
      else this.notice(`Copied: ${url}`);
    });
    button.removeAttribute("aria-busy");
  }

  async #awaited(query) {
    const until = performance.now() + PATIENCE;
    while (performance.now() < until) {
      const answer = await api.answerTo(query);
      if (answer.answered) return this.answered(answer);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    this.notice("The bot has not answered this button yet.", "late");
    return undefined;
  }

  /** The bot's answer to a button: a toast, an alert, or nothing to see. */
  answered({ text, show_alert, url }) {
    if (url) this.#open(url);
    if (!text) return;
    const same = [...this.screen.querySelectorAll(".sheet.alert .title")].some((title) => title.textContent === text);
    if (show_alert && !same) alarm(this.screen, text);
    else if (!show_alert) this.notice(text);
  }

  notice(text, tone) {
    toast(this.find(".toasts"), text, tone);
  }

  /** The last message this person wrote; deleting it leaves no trace on either side. */
  #mine() {
    return this.#chat?.messages.filter((message) => !message.from_bot).at(-1);
  }

  #toggleBlock() {
    return this.#try(() => (this.#chat?.blocked ? api.unblock(this.id) : api.block(this.id)));
  }

  async #try(act) {
    try {
      await act();
    } catch (failure) {
      this.notice(failure.message, "late");
    }
  }
}
