// The demo's own controls: its clock, how Telegram behaves, and a new phone in any language.

import * as api from "./api.js";
import { arrows, el, write } from "./dom.js";
import { LANGUAGES, plain } from "./languages.js";
import { dialog, toast } from "./sheets.js";
import { until, wall } from "./time.js";

const WEATHER = {
  none: "Telegram works", slow: "Telegram is slow", down: "Telegram is down",
  flood429: "Telegram answers 429 (too many requests)", error500: "Telegram answers 500 (server error)",
};
const find = (selector) => document.querySelector(selector);

/** Something of the page itself failed or succeeded: said at the foot of the page. */
export function tell(text, tone) {
  toast(find("#notes"), text, tone);
}

export class Toolbar {
  #desk;

  /** `desk`: clock, phones, cast(), added(entry). */
  constructor(desk) {
    this.#desk = desk;
    for (const button of document.querySelectorAll("[data-forward], [data-until]")) {
      button.addEventListener("click", () => this.#wind(button));
    }
    arrows(find("#clock-buttons"), "button");
    find("#weather").addEventListener("change", (event) => this.#fault(event.target.value));
    find("#add").addEventListener("click", () => this.#add());
    find("#tools-toggle").addEventListener("click", () => this.#unfold());
  }

  tick() {
    const { weekday, day, time } = wall(this.#desk.clock.now());
    write(find("#weekday"), weekday);
    write(find("#day"), day);
    write(find("#time"), time);
  }

  line(state) {
    document.body.dataset.line = state;
    write(find("#line .words"), state === "live" ? "live" : "reconnecting…");
  }

  weather(faults) {
    const mode = faults?.mode ?? "none";
    for (const choice of document.querySelectorAll("#weather input")) choice.checked = choice.value === mode;
    document.body.dataset.weather = mode;
    write(find("#weather-words"), WEATHER[mode] ?? `Telegram: ${mode}`);
  }

  async #wind(button) {
    const { forward, until: time } = button.dataset;
    button.setAttribute("aria-busy", "true");
    try {
      const seconds = time ? until(time, this.#desk.clock.now()) : Number(forward);
      this.#desk.clock.set((await api.wind(seconds)).now);
      this.#desk.tick();
    } catch (failure) {
      tell(failure.message, "late");
    }
    button.removeAttribute("aria-busy");
  }

  async #fault(mode) {
    try {
      await api.fault(mode);
      this.weather({ mode });
    } catch (failure) {
      tell(failure.message, "late");
      await this.#desk.refresh();
    }
  }

  #unfold() {
    const open = document.body.classList.toggle("tools-open");
    find("#tools-toggle").setAttribute("aria-expanded", String(open));
  }

  #add() {
    const box = dialog("add-template");
    box.querySelector(".tongues").replaceChildren(...LANGUAGES.map((language) =>
      el("button", { type: "button", class: "pick", lang: plain(language.code), dir: language.dir, onclick: () => {
        const role = box.querySelector("input[name=role]:checked").value;
        box.close();
        this.#create(language, role);
      } }, language.endonym)));
    box.querySelector(".roles").hidden = !this.#desk.staged;
  }

  async #create(language, role) {
    try {
      const entry = (await api.newPhone(language.code, role)) ?? (await this.#account(language));
      await this.#desk.added(entry);
    } catch (failure) {
      tell(failure.message, "late");
    }
  }

  async #account({ code, name }) {
    const account = await api.newAccount(name, plain(code));
    return { ...account, language: code };
  }
}
