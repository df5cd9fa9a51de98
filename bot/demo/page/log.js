// The list of messages of one phone. It is patched by message id: what did not change is not touched.

import { calm, el } from "./dom.js";
import { bubble, fill } from "./message.js";
import { wall } from "./time.js";

const NEAR = 48;

export class Log {
  #box;
  #holder;
  #shown = new Map();
  #filled = false;
  #seen = true;
  #size = "";

  /** `box` scrolls; `moved()` is told when the end may have come into view or left it. */
  constructor(box, holder, moved) {
    this.#box = box;
    this.#holder = holder;
    box.addEventListener("scroll", () => {
      this.#scrolled();
      moved();
    }, { passive: true });
    // A keyboard that opens, a drawer or a picture that loads must not push the last message out of sight.
    const hold = () => this.#seen && this.toEnd();
    new ResizeObserver(hold).observe(box);
    box.addEventListener("load", hold, true);
  }

  get atEnd() {
    return this.#seen;
  }

  /** Shows exactly these messages; returns how many came in from the bot since the last time. */
  patch(messages) {
    const follow = this.#seen || !this.#filled;
    const fresh = messages.filter((message) => !this.#shown.has(`m${message.message_id}`));
    this.#arrange(withDays(messages));
    const mine = this.#filled && fresh.some((message) => !message.from_bot);
    if (follow || mine) this.toEnd();
    const count = this.#filled ? fresh.filter((message) => message.from_bot).length : 0;
    this.#filled = true;
    return count;
  }

  toEnd() {
    this.#seen = true;
    this.#size = this.#measured();
    this.#box.scrollTop = this.#box.scrollHeight;
  }

  /** A scroll that a change of size brought about is nobody's wish to leave the end. */
  #scrolled() {
    if (this.#seen && this.#size !== this.#measured()) this.toEnd();
    else this.#seen = this.#nearEnd();
  }

  #measured() {
    return `${this.#box.clientHeight}/${this.#box.scrollHeight}`;
  }

  reveal(id) {
    const node = this.#shown.get(`m${id}`)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
    flash(node);
  }

  #nearEnd() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < NEAR;
  }

  #arrange(wanted) {
    const keep = new Set(wanted.map((item) => item.key));
    for (const [key, { node }] of this.#shown) {
      if (keep.has(key)) continue;
      if (node.contains(document.activeElement)) this.#box.focus({ preventScroll: true });
      node.remove();
      this.#shown.delete(key);
    }
    let before = this.#box.firstElementChild;
    for (const item of wanted) {
      const node = this.#placed(item);
      if (node === before) before = before.nextElementSibling;
      else this.#box.insertBefore(node, before);
    }
  }

  #placed(item) {
    const print = JSON.stringify(item.message ?? item.key);
    const known = this.#shown.get(item.key);
    if (!known) {
      const node = item.message ? bubble(item.message, this.#holder) : el("div", { class: "day" }, el("span", {}, item.label));
      if (this.#filled) node.classList.add("arrives");
      this.#shown.set(item.key, { node, print, content: content(item.message) });
      node.classList.toggle("tail", item.tail);
      return node;
    }
    known.node.classList.toggle("tail", item.tail);
    if (known.print !== print) this.#changed(known, item.message, print);
    return known.node;
  }

  #changed(known, message, print) {
    fill(known.node, message, this.#holder);
    if (known.content !== content(message)) flash(known.node);
    known.print = print;
    known.content = content(message);
  }
}

/** What a person would notice as an edit; a pin or a tick is none. */
function content(message) {
  return message && JSON.stringify([message.text, message.caption, message.inline_keyboard, message.photo]);
}

function flash(node) {
  node.classList.remove("arrives", "flash");
  void node.offsetWidth; // restarts the animation
  node.classList.add("flash");
}

function withDays(messages) {
  const items = [];
  let day = "";
  messages.forEach((message, at) => {
    const moment = wall(message.date);
    if (moment.day !== day) items.push({ key: `d${moment.day}`, label: `${moment.weekday}, ${moment.day}`, tail: false });
    day = moment.day;
    const next = messages[at + 1];
    const last = !next || next.from_bot !== message.from_bot || wall(next.date).day !== day;
    items.push({ key: `m${message.message_id}`, message, tail: last });
  });
  return items;
}
