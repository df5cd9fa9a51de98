// Behind the scenes: outbox, open alarms, journal and timers, read anew every second while a drawer is open.
// Closed, only the counts on the buttons are kept from growing old.

import * as api from "./api.js";
import { arrows, el, write } from "./dom.js";
import { away, wall } from "./time.js";

// The word stays beside the colour; a state the page does not know is shown in grey, in its own words.
const TONES = {
  good: ["rung", "delivered", "taken", "ended", "done"],
  wait: ["queued", "waiting", "planned"],
  busy: ["sending", "retrying"],
  bad: ["open", "undeliverable", "parked", "failed", "blocked"],
};
const OPEN = 1000;
const CLOSED = 4000;
const SIGNS = { good: "✓", wait: "…", busy: "↻", bad: "!", plain: "•" };

const when = (iso) => (iso ? `${wall(iso).short}\u00a0${wall(iso).full}` : "–");
const then = (iso, now) => (iso ? `${wall(iso).short}\u00a0${wall(iso).time} (${away(iso, now)})` : "–");
const DRAWERS = {
  outbox: {
    title: "Outbox", none: "Nothing has been sent yet.",
    columns: ["State", "At", "To", "About", "Lane", "Tries", "Method"],
    row: (item) => [pill(item.state), when(item.at), item.to, item.about, item.lane, item.attempts, item.method],
  },
  alarms: {
    title: "Open alarms", none: "No open alarm. That is the good news.",
    columns: ["State", "No.", "Step", "Opened", "Next step", "Taken by"],
    row: (item, now) => [pill(item.state), item.number, item.step, when(item.opened_at), then(item.next_at, now), item.taken_by ?? "nobody yet"],
  },
  pager: {
    title: "Second way", none: "Nobody has been rung beside Telegram.",
    columns: ["State", "At", "To", "Message"],
    row: (item) => [pill(item.state), when(item.at), item.to, item.text],
  },
  journal: {
    title: "Journal", none: "The journal is empty.",
    columns: ["At", "Who", "Did", "What"],
    row: (item) => [when(item.at), item.actor, item.act, item.subject],
  },
  timers: {
    title: "Timers", none: "No timer is running.",
    columns: ["Due", "Kind", "For"],
    row: (item, now) => [then(item.due_at, now), item.kind, item.scope],
  },
};

export class Drawers {
  #clock;
  #open = null;
  #timer = 0;
  #box = document.getElementById("drawer");
  #latest = {};
  #offered = false;

  constructor(clock) {
    this.#clock = clock;
    this.#buttons();
    document.getElementById("drawer-close").addEventListener("click", () => this.#close());
    for (const place of [this.#box, document.getElementById("dock")]) {
      place.addEventListener("keydown", (event) => event.key === "Escape" && this.#open && this.#close());
    }
    document.addEventListener("visibilitychange", () => this.#offered && !document.hidden && this.#read());
  }

  /** Shows the drawer buttons only when the demo has something behind them. */
  async offer() {
    try {
      const found = await api.drawers();
      this.#offered = found !== null;
      document.getElementById("dock").hidden = !this.#offered;
      if (found) await this.#read();
    } catch {
      document.getElementById("dock").hidden = true;
    }
  }

  #buttons() {
    const place = document.getElementById("drawers");
    place.append(...Object.entries(DRAWERS).map(([name, { title }]) =>
      el("button", { type: "button", "data-drawer": name, "aria-expanded": "false", "aria-controls": "drawer", onclick: () => this.#toggle(name) },
        title, el("span", { class: "count" }))));
    arrows(place, "button");
  }

  #toggle(name) {
    if (this.#open === name) return this.#close();
    this.#open = name;
    this.#mark();
    this.#box.hidden = false;
    this.#box.setAttribute("aria-label", DRAWERS[name].title);
    write(document.getElementById("drawer-title"), DRAWERS[name].title);
    document.getElementById("drawer-body").replaceChildren();
    this.#draw();
    return this.#read();
  }

  #close() {
    const button = document.querySelector(`[data-drawer="${this.#open}"]`);
    this.#open = null;
    this.#box.hidden = true;
    this.#mark();
    button?.focus();
  }

  #mark() {
    document.body.classList.toggle("drawer-open", this.#open !== null);
    for (const button of document.querySelectorAll("[data-drawer]")) {
      button.setAttribute("aria-expanded", String(button.dataset.drawer === this.#open));
    }
  }

  async #read() {
    clearTimeout(this.#timer);
    try {
      this.#latest = (await api.drawers()) ?? {};
      this.#latest.alarms = this.#latest.alarms?.filter((alarm) => alarm.state !== "ended");
      write(document.getElementById("drawer-note"), "");
    } catch (failure) {
      write(document.getElementById("drawer-note"), failure.message);
    }
    this.#counts();
    if (this.#open) this.#draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => !document.hidden && this.#read(), this.#open ? OPEN : CLOSED);
  }

  #counts() {
    for (const button of document.querySelectorAll("[data-drawer]")) {
      const rows = this.#latest[button.dataset.drawer];
      write(button.querySelector(".count"), rows ? String(rows.length) : "");
      button.dataset.count = rows?.length ?? 0;
    }
  }

  #draw() {
    const { columns, row, none } = DRAWERS[this.#open];
    const rows = this.#latest[this.#open] ?? [];
    const body = document.getElementById("drawer-body");
    if (!rows.length) return body.replaceChildren(el("p", { class: "none" }, none));
    if (!body.querySelector("table")) {
      body.replaceChildren(el("table", {}, el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col" }, name)))), el("tbody")));
    }
    return lines(body.querySelector("tbody"), rows.map((item) => row(item, this.#clock.now())));
  }
}

/** Cell by cell, so that a selection or the scroll position survives the second. */
function lines(body, rows) {
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach((cells, at) => {
    const line = body.rows[at] ?? body.insertRow();
    cells.forEach((content, column) => cell(line.cells[column] ?? line.insertCell(), content));
  });
}

function cell(place, content) {
  const text = content instanceof Node ? content.textContent : String(content ?? "–");
  if (place.textContent === text) return;
  place.replaceChildren(content instanceof Node ? content : el("bdi", {}, text));
}

function pill(state) {
  const word = String(state ?? "unknown");
  const tone = Object.keys(TONES).find((name) => TONES[name].includes(word.toLowerCase())) ?? "plain";
  return el("span", { class: `pill ${tone}` }, el("span", { "aria-hidden": "true" }, SIGNS[tone]), ` ${word.replaceAll("_", " ")}`);
}
