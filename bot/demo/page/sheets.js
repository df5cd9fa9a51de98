// What slides over: calls, questions and alerts inside one phone; pickers and large pictures over the page.

import { copy, el, icon } from "./dom.js";

/**
 * A sheet inside one phone. Only that phone waits; the others go on. Resolves with the chosen word,
 * or with "" when it was closed by Escape or by a tap beside it.
 */
export function sheet(screen, { title, kind = "plain", body = [], choices }) {
  const back = document.activeElement;
  return new Promise((resolve) => {
    const done = (word) => {
      veil.remove();
      settle(screen);
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
      resolve(word);
    };
    const id = `sheet-${++sheet.count}`;
    const buttons = choices.map(([word, label, tone]) =>
      el("button", { type: "button", class: `choice ${tone ?? ""}`, onclick: () => done(word) }, label));
    const panel = el("div", { class: `sheet ${kind}`, role: kind === "alert" ? "alertdialog" : "dialog", "aria-modal": "true", "aria-labelledby": id },
      el("div", { class: "title", id }, title), ...body, el("div", { class: "choices" }, buttons));
    const veil = el("div", { class: "veil", onclick: (event) => event.target === veil && done("") , onkeydown: (event) => {
      if (event.key === "Escape") done("");
      if (event.key === "Tab") turn(event, buttons);
    } }, panel);
    screen.append(veil);
    settle(screen);
    buttons.at(-1).focus({ preventScroll: true });
  });
}
sheet.count = 0;

/** While sheets are open, only the uppermost answers; toasts are still read out. */
function settle(screen) {
  const top = [...screen.children].findLast((child) => child.classList.contains("veil"));
  for (const child of screen.children) {
    child.inert = top !== undefined && child !== top && !child.classList.contains("toasts");
  }
}

/** Keeps Tab inside a sheet: from the last button round to the first. */
function turn(event, buttons) {
  const edge = event.shiftKey ? buttons[0] : buttons.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? buttons.at(-1) : buttons[0]).focus();
}

export function calling(screen, number) {
  return sheet(screen, {
    title: "Calling…",
    kind: "calling",
    body: [
      el("div", { class: "ring", "aria-hidden": "true" }, icon("phone")),
      el("div", { class: "number", dir: "ltr" }, number),
      el("p", {}, "On a real phone this dials. Here nobody is called."),
    ],
    choices: [["", "Hang up", "danger"]],
  });
}

/** An alert from the bot: its first line is not a title of ours, so the text itself names the sheet. */
export function alarm(screen, text) {
  return sheet(screen, { title: text, kind: "alert", choices: [["ok", "OK"]] });
}

export async function leaving(screen, url) {
  const word = await sheet(screen, {
    title: "Open this link?",
    body: [el("p", { class: "address", dir: "ltr" }, url)],
    choices: [["", "Cancel"], ["open", "Open"]],
  });
  if (word === "open") window.open(url, "_blank", "noopener,noreferrer");
}

/** A dialog over the whole page from a template; it is gone from the document once closed. */
export function dialog(template) {
  const node = copy(template);
  document.body.append(node);
  node.addEventListener("close", () => node.remove());
  node.addEventListener("click", (event) => {
    if (event.target === node || event.target.closest("[data-close]")) node.close();
  });
  node.showModal();
  return node;
}

export function enlarged(source, label) {
  const node = dialog("picture-template");
  node.querySelector("img").src = source;
  node.querySelector("img").alt = label;
}

/** Asks on which phone a link is to be opened; resolves with the phone or null. */
export function whichPhone(phones, code) {
  return new Promise((resolve) => {
    const node = dialog("which-template");
    let chosen = null;
    node.querySelector(".code").textContent = `/start ${code}`;
    node.querySelector(".picks").replaceChildren(...phones.map((phone) =>
      el("button", { type: "button", class: "pick", onclick: () => { chosen = phone; node.close(); } },
        phone.face(), el("span", { class: "lines" }, el("bdi", {}, phone.holder.name), el("small", {}, phone.described)))));
    node.addEventListener("close", () => resolve(chosen));
  });
}

/** A short note at the foot of a phone, or of the page; the same words twice only stay longer. */
export function toast(place, text, tone = "") {
  const same = [...place.children].find((note) => note.textContent === text);
  const note = same ?? el("div", { class: `toast ${tone}` }, text);
  if (!same) place.append(note);
  clearTimeout(note.timer);
  note.timer = setTimeout(() => note.remove(), 4200 + text.length * 30);
}
