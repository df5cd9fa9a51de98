// One message as a bubble: picture, document, contact card, voice, pin, text, time and ticks, and its keyboard.

import { el, icon } from "./dom.js";
import { call, formatted, openable } from "./text.js";
import { wall } from "./time.js";

/** A new bubble; `fill` puts the message into it. */
export function bubble(message, holder) {
  const node = el("div", { class: `message ${message.from_bot ? "in" : "out"}`, "data-message": message.message_id });
  fill(node, message, holder);
  return node;
}

/** Builds the bubble's inside anew, keeping a picture that has not changed and the place of the focus. */
export function fill(node, message, holder) {
  const focus = focusPlace(node);
  const oldPicture = node.querySelector("img");
  const text = message.text ?? message.caption ?? "";
  const body = el(
    "div", { class: text && !message.photo ? "bubble" : "bubble media" },
    el("span", { class: "hidden" }, `${message.from_bot ? "Bot" : holder.name}: `),
    message.photo && picture(message, oldPicture),
    message.document && paper(message.document),
    message.contact && card(message.contact),
    message.voice && voice(message.voice),
    message.pin && pin(message.pin),
    text && el("div", { class: "text", lang: message.from_bot ? holder.tag : null }, formatted(text, message.entities)),
    !text && ![message.photo, message.document, message.contact, message.voice, message.pin].some(Boolean) && other(message),
    meta(message),
  );
  node.replaceChildren(body, ...keyboard(message));
  if (focus) giveFocusBack(node, focus);
}

function picture(message, old) {
  const label = message.caption ? `Photo: ${message.caption}` : "Photo";
  const known = old && old.getAttribute("src") === message.photo;
  const image = known ? old : el("img", { src: message.photo, draggable: "false", decoding: "async" });
  image.setAttribute("alt", label);
  return el("button", { type: "button", class: "photo", "data-enlarge": message.photo, "aria-label": `${label} – enlarge` }, image);
}

function paper({ name, url, size }) {
  const inside = [
    el("span", { class: "sign" }, icon("file")),
    el("span", { class: "lines" }, el("bdi", {}, name ?? "Document"), el("small", {}, weight(size))),
  ];
  return url ? el("a", { class: "paper", href: url, download: name ?? "" }, inside) : el("div", { class: "paper" }, inside);
}

function weight(size) {
  if (!Number.isFinite(size)) return "file";
  return size < 1024 ? `${size} B` : size < 1048576 ? `${(size / 1024).toFixed(1)} kB` : `${(size / 1048576).toFixed(1)} MB`;
}

function card({ first_name, last_name, phone_number }) {
  const name = [first_name, last_name].filter(Boolean).join(" ");
  return el(
    "div", { class: "card" },
    el("span", { class: "avatar", "aria-hidden": "true" }, [...(name || "?")][0]),
    el("span", { class: "lines" }, el("bdi", {}, name), phone_number && call(phone_number)),
  );
}

/** Nobody hears anything here: a voice is its length, and a wave that is the same for the same length. */
function voice({ seconds }) {
  const bars = Array.from({ length: 26 }, (_, at) => 1 + Math.floor(Math.abs(Math.sin((at + 1) * (seconds + 3) * 1.7)) * 4.99));
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return el(
    "div", { class: "voice", role: "img", "aria-label": `Voice message, ${length}` },
    el("span", { class: "sign", "aria-hidden": "true" }, "▶\uFE0E"),
    el("span", { class: "wave", "aria-hidden": "true" }, bars.map((tall) => el("i", { class: `tall-${tall}` }))),
    el("small", { "aria-hidden": "true" }, length),
  );
}

/** A place on a map that nobody drew: what counts is the name, the address and where it is. */
function pin({ title, address, location }) {
  const where = `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
  return el(
    "div", { class: "venue" },
    el("div", { class: "map", role: "img", "aria-label": `Map at ${where}` }, el("span", { "aria-hidden": "true" }, "📍")),
    title && el("bdi", { class: "title" }, title),
    address && el("bdi", {}, address),
    el("small", {}, where),
  );
}

/** The pictures people send stay on their phones: only that there was one is shown. */
function other(message) {
  return el("div", { class: "text other" }, message.from_bot ? "📎 Message without text" : "🖼️ Photo");
}

function meta(message) {
  return el(
    "div", { class: "meta" },
    message.pinned && icon("pin", "pinned"),
    message.protected && marked("lock", "protected: cannot be forwarded or saved"),
    message.silent && marked("silent", "sent silently: the phone makes no sound"),
    message.edited && el("span", { class: "edited" }, "edited"),
    el("time", { datetime: message.date }, wall(message.date).time),
    !message.from_bot && icon("read", "read"),
  );
}

function marked(name, words) {
  return el("span", { class: "mark", title: words }, icon(name, words));
}

function keyboard(message) {
  const rows = message.inline_keyboard ?? [];
  if (!rows.length) return [];
  return [el("div", { class: "inline", role: "group", "aria-label": "Buttons of this message" }, rows.map((row, at) =>
    el("div", { class: "row" }, row.map((button, column) => key(button, at, column)))))];
}

function key(button, row, column) {
  const place = { "data-row": row, "data-column": column };
  const text = el("span", { class: "label" }, button.text);
  if (button.url) {
    return el("a", { ...place, class: "key", href: openable(button.url) ? button.url : "#", target: "_blank", rel: "noopener noreferrer", "data-open": button.url }, text, icon("out", "link"));
  }
  return el("button", { ...place, type: "button", class: "key", "data-press": "" }, text);
}


function focusPlace(node) {
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  return focused && { row: focused.dataset.row, column: focused.dataset.column };
}

function giveFocusBack(node, { row, column }) {
  const same = row === undefined ? null : node.querySelector(`[data-row="${row}"][data-column="${column}"]`);
  (same ?? node.querySelector(".key") ?? node.closest(".log"))?.focus({ preventScroll: true });
}
