// A message's text and entities as DOM nodes, the way a phone shows them: formatting, links, numbers to tap.
// Offsets count UTF-16 units, in Telegram as in JavaScript.

import { el } from "./dom.js";

// One digit a step: nothing here can be matched in two ways, so a hostile text cannot slow the page down.
const NUMBER = "(?:\\+[1-9]|0)(?:[ \\u00a0\\u202f\\u2009()/-]{0,2}\\d){5,18}|11[025]|116[ \\u00a0]?\\d{3}";
const FOUND = new RegExp(
  "(?<url>https?:\\/\\/[^\\s\\u2066-\\u2069]+|\\bt\\.me\\/[^\\s\\u2066-\\u2069]+)"
  + "|(?<![\\p{L}\\p{N}/])(?<command>\\/[a-z0-9_]{1,32})(?![\\p{L}\\p{N}/])"
  + `|(?<![\\p{L}\\p{N}+]|\\p{N}[.:,/-])(?<number>${NUMBER})(?![\\p{L}\\p{N}]|[.:,/-]\\p{N})`,
  "gu",
);
const PLAIN = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

export function formatted(text, entities = []) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const piece = document.createDocumentFragment();
  piece.append(...nodes(text, 0, text.length, sorted, true));
  return piece;
}

function nodes(text, from, to, entities, links) {
  const made = [];
  let at = from;
  while (entities.length) {
    const [entity, ...rest] = entities;
    const end = Math.min(entity.offset + entity.length, to);
    const inside = rest.filter((other) => other.offset < end);
    entities = rest.filter((other) => other.offset >= end);
    if (entity.offset < at || end <= entity.offset) continue;
    made.push(...plain(text.slice(at, entity.offset), links));
    made.push(wrapped(entity, text.slice(entity.offset, end), (deeper) =>
      nodes(text, entity.offset, end, inside, links && deeper)));
    at = end;
  }
  return [...made, ...plain(text.slice(at, to), links)];
}

function wrapped(entity, raw, inner) {
  switch (entity.type) {
    case "text_link": return link(entity.url, inner(false));
    case "url": return link(/^[a-z]+:/i.test(raw) ? raw : `https://${raw}`, inner(false));
    case "email": return link(`mailto:${raw}`, inner(false));
    case "phone_number": return call(raw);
    case "bot_command": return command(raw);
    case "code": case "pre": return el(PLAIN[entity.type], {}, inner(false));
    case "spoiler": return el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" }, inner(true));
    default: return el(PLAIN[entity.type] ?? "span", {}, inner(true));
  }
}

function plain(text, links) {
  if (!links) return text ? [text] : [];
  const made = [];
  let at = 0;
  for (const found of text.matchAll(FOUND)) {
    const { url, command: order, number } = found.groups;
    const node = url ? address(url) : order ? command(order) : call(number);
    made.push(text.slice(at, found.index), node);
    at = found.index + node.textContent.length;
  }
  return [...made, text.slice(at)].filter((part) => part !== "");
}

function address(raw) {
  const url = raw.replace(/[.,;:!?)\]}»"'”]+$/u, "");
  return link(url.startsWith("http") ? url : `https://${url}`, [url]);
}

function link(href, children) {
  if (!openable(href)) return el("span", {}, children);
  return el("a", { href, class: "link", target: "_blank", rel: "noopener noreferrer", "data-open": href }, children);
}

function command(raw) {
  return el("a", { href: "#", class: "link", role: "button", "data-say": raw }, raw);
}

export function call(number) {
  const digits = number.replace(/[^\d+]/g, "");
  return el("a", { href: `tel:${digits}`, class: "call", "data-call": number }, number);
}

/** Whether an address may be opened at all: a script or a file never is. */
export function openable(url) {
  return /^(https?|mailto|tg|tel):/i.test(url ?? "");
}

/** The code of a link that starts our own bot, or null. */
export function startCode(url, username) {
  try {
    const { hostname, pathname, searchParams } = new URL(url);
    const ours = ["t.me", "telegram.me"].includes(hostname)
      && pathname.slice(1).toLowerCase() === username.toLowerCase();
    const code = searchParams.get("start") ?? "";
    return ours && /^[\w-]{1,64}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}
