// "Try this": the first minute, and behind it an evening or a week step by step, for as long as nobody waves it away.

import { el, write } from "./dom.js";
import { CAST, EVENING } from "./evening.js";
import { WEEK } from "./week.js";

const SEEN = "paenz-hint-seen";
const PLAYS = { evening: ["An evening", EVENING], week: ["A week", WEEK] };

/** Shows the hint for these people; `tell` is for a browser that keeps no notes. */
export function hint(people, tell) {
  const place = document.getElementById("hint");
  const first = firstMinute(people);
  if (!first || remembered()) return;
  const [back, on] = place.querySelectorAll(".steps button");
  const choices = place.querySelectorAll("[data-play]");
  let play = "evening";
  let at = 0;
  const turn = (to) => {
    const [name, steps] = PLAYS[play];
    at = Math.min(Math.max(to, 0), steps.length);
    show(place, at ? `${name}, ${at} of ${steps.length}` : "Try this", at ? steps[at - 1] : ["", first]);
    for (const choice of choices) choice.setAttribute("aria-pressed", String(at > 0 && choice.dataset.play === play));
    back.disabled = at === 0;
    on.disabled = at === steps.length;
  };
  for (const group of place.querySelectorAll(".steps, .plays")) group.hidden = !plays(people);
  for (const choice of choices) {
    choice.addEventListener("click", () => {
      play = choice.dataset.play;
      turn(1);
    });
  }
  back.addEventListener("click", () => turn(at - 1));
  on.addEventListener("click", () => turn(at + 1));
  place.querySelector(".dismiss").addEventListener("click", () => {
    place.hidden = true;
    remember(tell);
  });
  turn(0);
  place.hidden = false;
}

function show(place, sign, [title, words]) {
  write(place.querySelector(".sign"), sign);
  place.querySelector(".words").replaceChildren(...(title ? [el("b", {}, `${title}.`), ` ${words}`] : [words]));
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
