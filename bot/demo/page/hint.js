// "Try this": the first minute, and behind it an evening step by step, for as long as nobody waves it away.

import { el, write } from "./dom.js";
import { CAST, EVENING } from "./evening.js";

const SEEN = "paenz-hint-seen";

/** Shows the hint for these people; `tell` is for a browser that keeps no notes. */
export function hint(people, tell) {
  const place = document.getElementById("hint");
  const first = firstMinute(people);
  if (!first || remembered()) return;
  const pages = [first, ...(plays(people) ? EVENING : [])];
  const [back, on] = place.querySelectorAll(".steps button");
  let at = 0;
  const turn = (by) => {
    at = Math.min(Math.max(at + by, 0), pages.length - 1);
    show(place, pages[at], at, pages.length - 1);
    back.disabled = at === 0;
    on.disabled = at === pages.length - 1;
  };
  place.querySelector(".steps").hidden = pages.length === 1;
  back.addEventListener("click", () => turn(-1));
  on.addEventListener("click", () => turn(1));
  place.querySelector(".dismiss").addEventListener("click", () => {
    place.hidden = true;
    remember(tell);
  });
  turn(0);
  place.hidden = false;
}

function show(place, page, at, steps) {
  write(place.querySelector(".sign"), at ? `An evening, ${at} of ${steps}` : "Try this");
  const words = place.querySelector(".words");
  if (at) words.replaceChildren(el("b", {}, `${page[0]}.`), ` ${page[1]}`);
  else write(words, page);
}

function firstMinute(people) {
  const parent = people.find((holder) => holder.role === "parent") ?? people[0];
  const helper = people.find((holder) => holder.role === "on_call");
  if (!parent) return "";
  return helper
    ? `Press 🆘 and then 🚨 on ${parent.name}'s phone and watch ${helper.name}'s. Nobody answers? Wind the clock on by ten minutes.`
    : `Write something on ${parent.name}'s phone, or press a button under a message; then wind the clock on.`;
}

function plays(people) {
  return CAST.every((name) => people.some((holder) => holder.name === name));
}

// A browser may forbid storage; then the hint simply comes again.
function remembered() {
  try {
    return localStorage.getItem(SEEN) === "yes";
  } catch {
    return false;
  }
}

function remember(tell) {
  try {
    localStorage.setItem(SEEN, "yes");
  } catch {
    tell("This browser keeps no notes; the hint will come again.");
  }
}
