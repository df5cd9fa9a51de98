// The phones page: puts the phones on the table, listens to the demo, and keeps clock and toolbar in step.

import * as api from "./api.js";
import { arrows, calm } from "./dom.js";
import { Drawers } from "./drawers.js";
import { Line } from "./events.js";
import { hint } from "./hint.js";
import { Phone } from "./phone.js";
import { whichPhone } from "./sheets.js";
import { DemoClock } from "./time.js";
import { tell, Toolbar } from "./toolbar.js";

const HUES = 6;
const table = document.getElementById("phones");
const tabs = document.getElementById("tabs");
const narrow = matchMedia("(max-width: 700px)");

const desk = {
  bot: { name: "Bot", username: "" },
  clock: new DemoClock(),
  phones: new Map(),
  active: null,
  staged: false,

  activate(phone) {
    if (desk.active === phone) return;
    desk.active?.active(false);
    desk.active = phone;
    phone.active(true);
    if (narrow.matches) phone.tab.scrollIntoView({ inline: "center", block: "nearest" });
    aside();
  },

  async deepLink(from, code) {
    const phone = await whichPhone([...desk.phones.values()], code);
    if (!phone) return;
    desk.show(phone);
    await phone.say(`/start ${code}`);
  },

  /** Brings a phone into view and makes it the one looked at. */
  show(phone) {
    desk.activate(phone);
    phone.node.scrollIntoView({ inline: "center", block: "nearest", behavior: calm() ? "instant" : "smooth" });
  },

  async added(entry) {
    await desk.refresh();
    const phone = desk.phones.get(String(entry.id)) ?? desk.place(entry);
    desk.show(phone);
    phone.enter();
  },

  place(entry) {
    const phone = new Phone(entry, desk.phones.size % HUES, desk);
    desk.phones.set(String(entry.id), phone);
    table.append(phone.node);
    tabs.append(phone.tab);
    phone.tab.addEventListener("click", () => desk.show(phone));
    phone.active(false);
    if (!desk.active) desk.activate(phone);
    aside();
    phone.read();
    return phone;
  },

  /** Reads the accounts and the clock, and adds phones that are new. */
  async refresh() {
    const [state, cast] = await Promise.all([api.state(), api.cast()]);
    desk.bot = state.bot;
    desk.staged = cast !== null;
    desk.clock.set(state.now);
    desk.tick();
    toolbar.weather(state.faults);
    for (const entry of cast ?? state.accounts) {
      const known = desk.phones.get(String(entry.id));
      if (known) known.introduce(entry);
      else desk.place(entry);
    }
    document.body.classList.toggle("is-empty", desk.phones.size === 0);
  },

  tick() {
    toolbar.tick();
    for (const phone of desk.phones.values()) phone.tick();
  },
};

/** On a narrow screen the phones beside the one looked at are out of reach for keyboard and screen reader. */
function aside() {
  for (const phone of desk.phones.values()) phone.node.inert = narrow.matches && phone !== desk.active;
}

function swiped() {
  if (!narrow.matches) return;
  const middle = table.getBoundingClientRect().left + table.clientWidth / 2;
  const nearest = [...desk.phones.values()].find((phone) => {
    const { left, right } = phone.node.getBoundingClientRect();
    return left <= middle && middle < right;
  });
  if (nearest) desk.activate(nearest);
}

const toolbar = new Toolbar(desk);
const drawers = new Drawers(desk.clock);
const known = (id) => desk.phones.get(String(id));
const again = () => desk.refresh().catch((failure) => tell(failure.message, "late"));

function listen() {
  return new Line({
    state: (state) => toolbar.line(state),
    again: () => {
      again();
      for (const phone of desk.phones.values()) phone.read();
    },
    chat: ({ id }) => known(id)?.read(),
    typing: ({ id, chat_id, typing }) => (typing === false ? known(id)?.read() : known(id ?? chat_id)?.typing()),
    toast: ({ id, text, show_alert }) => known(id)?.answered({ text, show_alert }),
    clock: ({ now }) => {
      desk.clock.set(now);
      desk.tick();
      // A fault may have been set for so many minutes only.
      if (document.body.dataset.weather !== "none") again();
    },
    accounts: again,
    faults: (faults) => toolbar.weather(faults),
  });
}

async function begin() {
  try {
    await desk.refresh();
  } catch (failure) {
    document.body.dataset.line = "broken";
    tell(`${failure.message} Trying again…`, "late");
    setTimeout(begin, 2000);
    return;
  }
  document.body.classList.add("is-ready");
  listen();
  hint([...desk.phones.values()].map((phone) => phone.holder), tell);
  await drawers.offer();
}

arrows(tabs, "[role=tab]", (tab) => tab.click());
arrows(table, ".holder");
narrow.addEventListener("change", aside);
document.addEventListener("visibilitychange", () => desk.active?.active(true));
let settled = 0;
table.addEventListener("scroll", () => {
  clearTimeout(settled);
  settled = setTimeout(swiped, 90);
}, { passive: true });
setInterval(() => desk.tick(), 1000);
await begin();
