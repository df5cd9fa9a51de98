// Elements are built, never parsed: a string from the network can only become a text node.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; `onx` functions listen, `false`/`null` attributes are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A drawing from icons.svg; with a label it is an image with a name, without one it is decoration. */
export function icon(name, label = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A copy of a template's first element. */
export function copy(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** Changes text only when it differs, so that nothing flickers and no selection is lost. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Left/right (and Home/End) move the focus along a row of controls, as in a toolbar or a tab list. */
export function arrows(row, selector, chosen = () => {}) {
  row.addEventListener("keydown", (event) => {
    const all = [...row.querySelectorAll(selector)];
    const at = all.indexOf(event.target.closest(selector));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    next.focus();
    chosen(next);
  });
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
