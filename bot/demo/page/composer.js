// The foot of a phone: command menu, text entry, reply keyboard, START before the first word, UNBLOCK when blocked.

import { el, icon } from "./dom.js";
import { popover } from "./popover.js";

const THINGS = [
  ["photo", "🖼️", "Photo"], ["sticker", "🧸", "Sticker"], ["voice", "🎙️", "Voice message"],
  ["location", "📍", "Location"],
  ["contact", "👤", "Contact"], ["forward", "↪️", "Forwarded message"],
];

export class Composer {
  #foot;
  #acts;
  #keys = "";
  #commands = "";
  #opened = true;

  /** `acts`: say(text), share(kind), unblock(). */
  constructor(foot, holder, acts) {
    this.#foot = foot;
    this.#acts = acts;
    this.entry = this.#find(".entry");
    this.entry.setAttribute("dir", holder.dir);
    this.entry.setAttribute("lang", holder.tag);
    this.entry.setAttribute("aria-label", `Message from ${holder.name}`);
    this.#find(".keys").setAttribute("lang", holder.tag);
    this.#listen();
    this.#things();
  }

  #find(selector) {
    return this.#foot.querySelector(selector);
  }

  #listen() {
    this.entry.addEventListener("input", () => this.#grow());
    this.entry.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    this.#find(".send").addEventListener("click", () => this.#send());
    this.#find(".toggle").addEventListener("click", () => this.#show(!this.#opened));
    this.#find(".start").addEventListener("click", () => this.#acts.say("/start"));
    this.#find(".unblock").addEventListener("click", () => this.#acts.unblock());
    popover(this.#foot, this.#find(".menu"), this.#find(".commands"));
    popover(this.#foot, this.#find(".attach"), this.#find(".things"));
  }

  #send() {
    const text = this.entry.value.trim();
    if (!text) return;
    this.entry.value = "";
    this.#grow();
    this.#acts.say(text);
  }

  #grow() {
    this.entry.style.height = "auto";
    this.entry.style.height = `${Math.min(this.entry.scrollHeight, 116)}px`;
    this.#foot.classList.toggle("written", this.entry.value.trim() !== "");
  }

  #things() {
    this.#find(".things").replaceChildren(...THINGS.map(([kind, sign, words]) =>
      el("button", { type: "button", onclick: () => this.#acts.share(kind) }, el("span", { "aria-hidden": "true" }, sign), words)));
  }

  /** Brings everything at the foot in line with the chat. */
  patch(chat) {
    const started = chat.started !== false || chat.messages.length > 0;
    const state = chat.blocked ? "blocked" : started ? "open" : "new";
    this.#foot.dataset.state = state;
    this.#listCommands(chat.commands ?? []);
    this.#listKeys(state === "open" ? chat.reply_keyboard : null);
  }

  #listCommands(commands) {
    const print = JSON.stringify(commands);
    if (print === this.#commands) return;
    this.#commands = print;
    this.#find(".menu").hidden = commands.length === 0;
    this.#find(".commands").replaceChildren(...commands.map(({ command, description }) =>
      el("button", { type: "button", onclick: () => this.#acts.say(`/${command}`) },
        el("span", { class: "plain" }, description), el("b", {}, `/${command}`))));
  }

  #listKeys(markup) {
    const rows = markup?.keyboard ?? [];
    const print = JSON.stringify(markup ?? null);
    if (print === this.#keys) return;
    this.#keys = print;
    const focused = this.#find(".keys").contains(document.activeElement);
    this.#find(".keys").replaceChildren(...rows.map((row) => el("div", { class: "row" }, row.map((key) => this.#key(key, markup)))));
    this.entry.setAttribute("placeholder", markup?.input_field_placeholder || "Message");
    this.#find(".toggle").hidden = rows.length === 0;
    this.#show(rows.length > 0);
    if (focused) (this.#find(".keys button") ?? this.entry).focus();
  }

  #key(key, markup) {
    const text = typeof key === "string" ? key : key.text;
    const act = () => {
      if (key.request_contact) this.#acts.share("contact");
      else if (key.request_location) this.#acts.share("location");
      else this.#acts.say(text);
      if (markup.one_time_keyboard) this.#show(false);
    };
    return el("button", { type: "button", class: "key", onclick: act }, el("span", { class: "label" }, text));
  }

  #show(wanted) {
    this.#opened = wanted;
    const toggle = this.#find(".toggle");
    this.#find(".keys").hidden = !wanted || toggle.hidden;
    toggle.setAttribute("aria-expanded", String(wanted));
    toggle.setAttribute("aria-label", wanted ? "Hide the button keyboard" : "Show the button keyboard");
    toggle.replaceChildren(icon(wanted ? "down" : "keyboard"));
  }
}
